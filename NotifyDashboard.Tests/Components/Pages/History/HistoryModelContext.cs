using NotifyDashboard.Components.Pages.History;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.History;

/// <summary>The model of the history page over a real hub and a real database. It hears of changes as the page does, and reads only when told.</summary>
public abstract class HistoryModelContext : IAsyncLifetime
{
    private IDisposable? _watch;

    private protected ManualTime Time { get; } = new();

    private protected TestOperator Operator { get; } = new();

    private protected TestHub Store { get; private set; } = null!;

    private protected HistoryModel Model { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected IEnumerable<string?> Titles => Model.Rows.All!.Select(row => row.Draft.Title);

    public async ValueTask InitializeAsync()
    {
        Store = await TestHub.StartAsync(time: Time);
        Model = new(Store.Log, new HistoryFigures(Store.Hub, Store.Deliveries, Time), Operator.Guard(Store.Hub), Time, Operator.FindAsync, Cancellation);
        _watch = Store.Hub.Watch(Model.RecordChange);
    }

    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Publishes "N1", "N2" and so on.</summary>
    private protected Task<Notification[]> PublishAsync(int count, int from = 1) =>
        Task.WhenAll(Enumerable.Range(from, count).Select(i => Store.PublishAsync(new NotificationDraft { Title = $"N{i}" })));

    /// <summary>Everything published or changed before is in the rows.</summary>
    private protected async Task RefreshAsync()
    {
        await Store.DispatchedAsync();
        await Model.RefreshAsync();
    }

    private protected static IEnumerable<string> Numbered(int newest, int oldest) => Enumerable.Range(oldest, newest - oldest + 1).Reverse().Select(i => $"N{i}");
}
