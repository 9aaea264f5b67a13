using Bunit;
using NotifyDashboard.Components;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryRefreshTests : HistoryContext
{
    [Fact]
    public async Task What_is_fired_appears_on_top_by_itself()
    {
        await Store.PublishAsync("old");
        var page = await OpenAsync();
        await Store.PublishAsync(new NotificationDraft { Title = "New" });
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal(["New", "notification old"], Titles(page)));
    }

    [Fact]
    public async Task Written_moves_until_it_is_through()
    {
        await Listener.JoinAsync(Store.Hub, "broadcast");
        var page = await OpenAsync();
        await Store.PublishAsync("x");
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("0", Written(page)));
        Store.Hub.Tail.Find(1)!.CountWritten();
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("1", Written(page)));
        Assert.Equal(Idle, Time.WaitingFor(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_connection_that_takes_nothing_is_not_looked_at_for_ever()
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
    public async Task Ten_thousand_at_once_render_a_few_times()
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
    public async Task A_refresh_that_was_due_when_the_page_was_left_is_quiet()
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
    public async Task Leaving_the_page_ends_its_watch()
    {
        await OpenAsync();
        await DisposeComponentsAsync();
        await Store.PublishAsync("x");
        await Store.DispatchedAsync();
        Assert.Equal(Idle, Time.WaitingFor(TimeSpan.FromMinutes(1)));
    }

    private static string Written(IRenderedComponent<HistoryPage> page) => page.Find("tbody td.written").TextContent;
}
