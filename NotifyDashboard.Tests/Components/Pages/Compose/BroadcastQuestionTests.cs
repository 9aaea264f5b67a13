using Bunit;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class BroadcastQuestionTests : ComposeContext
{
    [Fact]
    public async Task Broadcast_shows_its_reach_and_is_published_after_confirmation()
    {
        for (var i = 0; i < 3; i++) await Listener.JoinAsync(Store.Hub, "broadcast");
        var page = await OpenAsync();
        await WriteAsync(page, "broadcast", "The ferry runs again");
        Ask(FireButton(page));
        Assert.Equal("Fire to 3 connections now?", Question);
        Assert.Contains("The ferry runs again", Dialogs.Find("notify-preview").GetAttribute("notification"), StringComparison.Ordinal);
        Assert.Empty(await StoredAsync());

        await Button(Dialogs, "Fire to 3 connections").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal("Fired to 3 connections", Text(page, ".result b")));
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task Keep_editing_fires_nothing_and_keeps_what_was_typed()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "broadcast", "The ferry runs again");
        Ask(FireButton(page));
        Assert.Equal("Fire to everyone now?", Question);
        await Button(Dialogs, "Keep editing").ClickAsync();
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
        Assert.Empty(await StoredAsync());
        Assert.Equal("The ferry runs again", page.Find("#title").GetAttribute("value"));
    }

    [Fact]
    public async Task A_series_of_broadcasts_asks_once_for_all_of_them()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "broadcast", "The ferry runs again");
        await TypeAsync(page, "count", "3");
        await TypeAsync(page, "seconds", "0");
        Ask(SeriesButton(page));
        Assert.Equal("Fire 3 to everyone now?", Question);
        await Button(Dialogs, "Fire 3 to everyone").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("All 3 fired", page.Markup, StringComparison.Ordinal));
        Assert.Equal(3, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Broadcast_among_further_topics_asks_for_confirmation()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders/1", "T");
        await TypeAsync(page, "topics-more", "broadcast");
        Ask(FireButton(page));
        Assert.Equal("Fire to everyone now?", Question);
    }

    private string Question => Words(Dialogs.Find("[role=dialog] h2"));

    [Fact]
    public async Task Publish_to_other_topics_needs_no_confirmation()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders/1", "T");
        await FireAsync(page);
        Assert.Single(await StoredAsync());
    }
}
