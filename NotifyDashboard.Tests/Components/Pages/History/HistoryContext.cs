using Bunit;
using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

/// <summary>The history page of an operator who may send.</summary>
public abstract class HistoryContext : HubPageContext
{
    protected HistoryContext() => AddAuthorization().SetAuthorized("mara").SetPolicies(Policies.Operator, Policies.Sender);

    /// <summary>How many timers wait while the page itself waits for nothing: those of the kit.</summary>
    private protected int Idle { get; private set; }

    private protected async Task<IRenderedComponent<HistoryPage>> OpenAsync()
    {
        await Store.DispatchedAsync();
        var page = Render<HistoryPage>();
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[aria-busy]")));
        Idle = Time.WaitingFor(TimeSpan.FromMinutes(1));
        return page;
    }

    private protected Task<Notification[]> PublishAsync(int count, int from = 1) =>
        Task.WhenAll(Enumerable.Range(from, count).Select(i => Store.PublishAsync(new NotificationDraft { Title = $"N{i}" })));

    /// <summary>Everything published before has been dispatched, and the page's next refresh is due.</summary>
    private protected async Task NextAsync()
    {
        await Store.DispatchedAsync();
        await Eventually.TrueAsync(() => Time.WaitingFor(TimeSpan.FromMinutes(1)) > Idle);
        Time.Advance(CoalescedRefresh.Interval);
    }

    private protected static List<string> Titles(IRenderedComponent<HistoryPage> page) =>
        [.. page.FindAll("tbody button").Select(title => string.Join(' ', title.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
}
