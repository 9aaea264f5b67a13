using AngleSharp.Dom;
using Bunit;
using NotifyDashboard.Hub;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryTests : HistoryContext
{
    [Fact]
    public async Task While_the_log_is_read_the_page_says_that_it_loads()
    {
        var reading = new TaskCompletionSource();
        Store.Log.OnReadNewest = () => reading.Task;
        var page = Render<HistoryPage>();
        Assert.Equal("Loading", page.Find("[aria-busy=true]").GetAttribute("aria-label"));
        reading.SetResult();
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[aria-busy]")));
    }

    [Fact]
    public async Task Empty_history_links_to_compose()
    {
        var page = await OpenAsync();
        Assert.Equal("Nothing was fired yet", page.Find("h3").TextContent);
        Assert.Equal("compose", page.Find(".empty-state a").GetAttribute("href"));
    }

    [Fact]
    public async Task Older_notifications_are_loaded_a_page_at_a_time_until_the_end()
    {
        await PublishAsync(120);
        var page = await OpenAsync();
        Assert.Equal(50, Titles(page).Count);
        await Older(page)!.ClickAsync();
        Assert.Equal(100, Titles(page).Count);
        await Older(page)!.ClickAsync();
        Assert.Equal([.. Enumerable.Range(1, 120).Reverse().Select(i => $"N{i}")], Titles(page));
        Assert.Null(Older(page));
    }

    [Fact]
    public async Task Unreadable_store_shows_an_alert_and_is_read_again_on_demand()
    {
        await Store.PublishAsync("x");
        Store.Log.OnReadNewest = () => throw new StoreUnavailableException("The disk is gone.");
        var page = Render<HistoryPage>();
        Assert.Equal("The history cannot be read now. Streams stay open.", Notice(page));
        Store.Log.OnReadNewest = () => throw new SearchUnavailableException();
        await page.Find("[role=alert] button").ClickAsync();
        Assert.Equal("Words cannot be searched now. Streams stay open.", Notice(page));
        Assert.Empty(page.FindAll("table"));
        Store.Log.OnReadNewest = () => Task.CompletedTask;
        await page.Find("[role=alert] button").ClickAsync();
        Assert.Empty(page.FindAll("[role=alert]"));
        Assert.Single(Titles(page));
    }

    [Fact]
    public async Task Store_failure_after_the_first_read_keeps_the_rows_already_shown()
    {
        await Store.PublishAsync("old");
        var page = await OpenAsync();
        Store.Log.OnReadNewest = () => throw new StoreUnavailableException("The disk is gone.");
        await Store.PublishAsync("new");
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("The history cannot be read now. What is shown was read before.", Notice(page)));
        Assert.Equal(["notification old"], Titles(page));
    }

    private static string Notice(IRenderedComponent<HistoryPage> page) => string.Concat(page.Find("[role=alert] .mud-alert-message").ChildNodes.Where(node => node is not IElement { LocalName: "button" }).Select(node => node.TextContent)).Trim();

    private static IElement? Older(IRenderedComponent<HistoryPage> page) => page.FindAll("button").SingleOrDefault(button => button.TextContent == "Show older ones");
}
