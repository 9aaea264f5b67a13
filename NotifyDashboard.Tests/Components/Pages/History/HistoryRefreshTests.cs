using Bunit;
using NotifyDashboard.Components;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryRefreshTests : HistoryContext
{
    [Fact]
    public async Task New_notification_appears_at_the_top_of_an_open_page()
    {
        await Store.PublishAsync("old");
        var page = await OpenAsync();
        await Store.PublishAsync(new NotificationDraft { Title = "New" });
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal(["New", "notification old"], Titles(page)));
    }

    [Fact]
    public async Task Written_count_is_updated_until_every_connection_is_written_to()
    {
        await Listener.JoinAsync(Store.Hub, "broadcast");
        var page = await OpenAsync();
        await Store.PublishAsync("x");
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("0", Written(page)));
        Store.Hub.ReplayBuffer.Find(1)!.CountWritten();
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("1", Written(page)));
        Assert.Equal(Idle, Time.WaitingFor(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Written_count_of_a_stuck_connection_is_polled_for_at_most_30_seconds()
    {
        await Listener.JoinAsync(Store.Hub, "broadcast");
        var page = await OpenAsync();
        await Store.PublishAsync("x");
        await Store.DispatchedAsync();
        Assert.Equal(Idle + 1, Time.WaitingFor(TimeSpan.FromMinutes(1)));
        for (var second = 0; second < 30 && Time.WaitingFor(TimeSpan.FromMinutes(1)) > Idle; second++)
        {
            var before = page.RenderCount;
            Time.Advance(TimeSpan.FromSeconds(1));
            page.WaitForAssertion(() => Assert.NotEqual(before, page.RenderCount));
            await page.InvokeAsync(() => { });
        }
        Assert.Equal(Idle, Time.WaitingFor(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Ten_thousand_new_notifications_cause_at_most_three_renders()
    {
        var page = await OpenAsync();
        var before = page.RenderCount;
        await PublishAsync(10_000);
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("N10000", Titles(page)[0]));
        Time.Advance(CoalescedRefresh.Interval);
        await page.InvokeAsync(() => { });
        Assert.InRange(page.RenderCount - before, 1, 3);
        Assert.Equal(50, Titles(page).Count);
    }

    [Fact]
    public async Task Refresh_that_is_due_after_the_page_is_disposed_does_not_throw()
    {
        var page = await OpenAsync();
        await Store.PublishAsync("x");
        await Store.DispatchedAsync();
        var left = Task.CompletedTask;
        await page.InvokeAsync(() =>
        {
            // On another thread: the refresh queues up behind this, and the page is gone when its turn comes.
            Task.Run(() => Time.Advance(CoalescedRefresh.Interval)).Wait();
            left = DisposeComponentsAsync();
        });
        await left;
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task Disposed_history_page_starts_no_refresh_timer_for_new_notifications()
    {
        await OpenAsync();
        await DisposeComponentsAsync();
        await Store.PublishAsync("x");
        await Store.DispatchedAsync();
        Assert.Equal(Idle, Time.WaitingFor(TimeSpan.FromMinutes(1)));
    }

    private static string Written(IRenderedComponent<HistoryPage> page) => page.Find("tbody td.written").TextContent;
}
