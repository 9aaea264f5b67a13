using NotifyDashboard.Components.Pages.Compose;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

/// <summary>The model of Compose over a real hub and a real database, in time that moves only when told.</summary>
public abstract class ComposeModelContext : IAsyncLifetime
{
    private readonly CancellationTokenSource _left = new(), _rightsEnded = new();

    private protected ManualTime Time { get; } = new();

    private protected TestOperator Operator { get; } = new();

    private protected TestHub Store { get; private set; } = null!;

    private protected ComposeModel Model { get; private set; } = null!;

    /// <summary>What the operator was asked before a broadcast: how many notifications, and for whom.</summary>
    private protected List<(int Count, Reach? Reach)> Questions { get; } = [];

    /// <summary>What the operator answers; at once, unless a test says otherwise.</summary>
    private protected Func<Task<bool>> Answer { get; set; } = () => Task.FromResult(true);

    /// <summary>What was reported as sent; null: it was scheduled.</summary>
    private protected List<Fired?> Sent { get; } = [];

    /// <summary>Runs when the model reports that something was sent.</summary>
    private protected Action OnSent { get; set; } = () => { };

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Store = await TestHub.StartAsync(time: Time);
        Model = new(Store.Hub, Operator.Guard(Store.Hub), Time, _left.Token, _rightsEnded.Token)
        {
            ConfirmAsync = (_, reach, count) =>
            {
                Questions.Add((count, reach));
                return Answer();
            },
            SentAsync = fired =>
            {
                Sent.Add(fired);
                OnSent();
                return Task.CompletedTask;
            },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await Store.DisposeAsync();
        _left.Dispose();
        _rightsEnded.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Write(string topic, string title) => (Model.Form.Topic, Model.Form.Title) = (topic, title);

    private protected Task LeaveAsync() => _left.CancelAsync();

    private protected Task EndRightsAsync() => _rightsEnded.CancelAsync();

    private protected async Task<IReadOnlyList<Notification>> StoredAsync() =>
        (await Store.Log.ReadHistoryAsync(new HistoryQuery(TopicFilter.Everything, TopicFilter.Everything, Limit: 1_000), Cancellation)).Notifications;

    private protected Task<IReadOnlyList<ScheduledNotification>> ScheduledAsync() => Store.Schedule.ReadAsync(TopicFilter.Everything, 10, Cancellation);
}
