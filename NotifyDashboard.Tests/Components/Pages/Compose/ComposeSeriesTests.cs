using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeSeriesTests : ComposeContext
{
    [Fact]
    public async Task Series_fires_at_its_pace_and_shows_its_progress()
    {
        await Listener.JoinAsync(Store.Hub, "orders");
        var page = await OpenAsync();
        var firing = await StartAsync(page, count: 3, seconds: 1);
        NextRefresh();
        page.WaitForAssertion(() => Assert.Equal("1 of 3", Text(page, ".result [role=status]")));
        Assert.Equal("One every 1 s, about 2 s left. 0 deliveries so far. It ends when you leave this page.", Text(page, ".result .hint"));
        Store.Hub.ReplayBuffer.Find(1)!.CountWritten();
        for (var stored = 2; stored <= 3; stored++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await WaitForAsync(stored, running: stored < 3);
        }
        await firing;
        NextRefresh();
        page.WaitForAssertion(() => Assert.Equal("One every 1 s. 1 delivery so far.", Text(page, ".result .hint")));
        Assert.Equal("All 3 fired", Text(page, ".result [role=status]"));
        Assert.Equal(3, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Stopped_series_fires_no_more_and_shows_how_many_were_fired()
    {
        var page = await OpenAsync();
        var firing = await StartAsync(page, count: 5, seconds: 1);
        await page.Find(".result button").ClickAsync();
        await firing;
        Time.Advance(TimeSpan.FromSeconds(10));
        page.WaitForAssertion(() => Assert.Equal("Stopped after 1 of 5", Text(page, ".result [role=status]")));
        Assert.Single(await StoredAsync());
        Assert.Empty(page.FindAll(".result button"));
    }

    [Fact]
    public async Task Running_series_blocks_a_second_series_but_not_a_single_notification()
    {
        var page = await OpenAsync();
        var firing = await StartAsync(page, count: 2, seconds: 1);
        Assert.Equal("true", SeriesButton(page).GetAttribute("aria-disabled"));
        Assert.Contains("You can go on typing.", Text(page, ".firebar"), StringComparison.Ordinal);
        await TypeAsync(page, "title", "In between");
        await FireAsync(page);
        Time.Advance(TimeSpan.FromSeconds(1));
        await firing;
        Assert.Equal(["T", "In between", "T"], (await StoredAsync()).Select(n => n.Draft.Title));
        Assert.Null(SeriesButton(page).GetAttribute("aria-disabled"));
    }

    [Fact]
    public async Task A_double_click_starts_one_series()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        await TypeAsync(page, "count", "1");
        await SeriesButton(page).ClickAsync(new MouseEventArgs { Detail = 1 });
        await SeriesButton(page).ClickAsync(new MouseEventArgs { Detail = 2 });
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task A_second_series_follows_the_first_and_can_be_stopped_too()
    {
        var page = await OpenAsync();
        await (await StartAsync(page, count: 1, seconds: 1));
        var second = await StartAsync(page, count: 5, seconds: 1, before: 1);
        await page.Find(".result button").ClickAsync();
        await second;
        Assert.Equal(2, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Store_failure_ends_the_series_and_shows_how_many_were_fired()
    {
        var page = await OpenAsync();
        var firing = await StartAsync(page, count: 5, seconds: 1);
        Store.Log.OnAppend = () => throw new StoreUnavailableException("The disk is full.");
        Time.Advance(TimeSpan.FromSeconds(1));
        await firing;
        Assert.Equal("Not fired. The store is not available: the series ended after 1 of 5.", Alert(page));
        Assert.Equal("Ended after 1 of 5", Text(page, ".result [role=status]"));
    }

    [Fact]
    public async Task Leaving_the_page_stops_the_series_and_the_refresh()
    {
        var page = await OpenAsync();
        var firing = await StartAsync(page, count: 5, seconds: 1);
        await DisposeComponentsAsync();
        await firing;
        Assert.Equal(0, Timers);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(await StoredAsync());
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    /// <summary>Fires a series; its first is stored when this returns. The result ends with the series.</summary>
    private async Task<Task> StartAsync(IRenderedComponent<ComposePage> page, int count, double seconds, int before = 0)
    {
        await WriteAsync(page, "orders", "T");
        await TypeAsync(page, "count", $"{count}");
        await TypeAsync(page, "seconds", string.Create(CultureInfo.InvariantCulture, $"{seconds}"));
        var firing = SeriesButton(page).ClickAsync();
        await WaitForAsync(before + 1, running: count > 1);
        return firing;
    }

    // Stored, and waiting for its next: the refresh waits too.
    private Task WaitForAsync(int stored, bool running) => Eventually.TrueAsync(() => Store.Hub.LastDispatched == stored && Timers == (running ? 2 : 1));
}
