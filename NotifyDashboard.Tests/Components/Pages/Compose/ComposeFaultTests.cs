using Bunit;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeFaultTests : ComposeContext
{
    [Fact]
    public async Task Faults_stand_above_as_links_and_at_their_fields()
    {
        var page = await OpenAsync();
        await TypeAsync(page, "type", "hub.mine");
        await TypeAsync(page, "text", new string('x', 4_001));
        await TypeAsync(page, "url", "javascript:alert(1)");
        await FireAsync(page);
        Assert.Equal(["#topic", "#type", "#text", "#url"], Links(page));
        Assert.Contains("Not fired: 4 things to mend.", Text(page, ".notice[role=alert]"), StringComparison.Ordinal);
        // The same sentences; those of the first row stand beside each other.
        Assert.Equal(page.FindAll(".notice a").Select(Words).Order(), page.FindAll(".hint.bad").Select(Words).Order());
        Assert.Equal(["topic", "type", "text", "url"], page.FindAll(".input[aria-invalid=true]").Select(i => i.Id));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task A_fault_goes_as_soon_as_it_is_mended()
    {
        var page = await OpenAsync();
        await FireAsync(page);
        Assert.Equal(["#topic", "#title"], Links(page));
        await TypeAsync(page, "title", "T");
        Assert.Equal(["#topic"], Links(page));
        Assert.Contains("one thing to mend", Text(page, ".notice[role=alert]"), StringComparison.Ordinal);
        await TypeAsync(page, "topic", "broadcast");
        Assert.Empty(page.FindAll(".notice, .bad"));
    }

    [Fact]
    public async Task Nothing_is_marked_before_the_first_try()
    {
        var page = await OpenAsync();
        await TypeAsync(page, "url", "nonsense");
        Assert.Empty(page.FindAll(".notice, .bad"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_missing_topic_is_named_in_the_words_of_the_page(string topic)
    {
        var page = await OpenAsync();
        await WriteAsync(page, topic, "T");
        await FireAsync(page);
        Assert.Equal("Say which topic: \"broadcast\" reaches everyone.", Text(page, ".hint.bad"));
    }

    [Fact]
    public async Task Raw_data_without_data_is_not_fired()
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, "ping", "");
        await FireAsync(page);
        Assert.Equal(["#data"], Links(page));
        Assert.Empty(await StoredAsync());
        await TypeAsync(page, "data", "x");
        Assert.Empty(page.FindAll(".notice, .bad"));
    }

    [Theory]
    [InlineData("count", "0", "A series has 1 to 10,000 notifications.")]
    [InlineData("count", "10001", "A series has 1 to 10,000 notifications.")]
    [InlineData("seconds", "-1", "The pace is 0 to 3,600 seconds.")]
    [InlineData("seconds", "3601", "The pace is 0 to 3,600 seconds.")]
    public async Task A_series_of_an_impossible_count_or_pace_is_not_fired_until_it_is_mended(string field, string typed, string fault)
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        await SetAsync(page, field, typed);
        await page.Find(".pace button").ClickAsync();
        Assert.Equal(fault, Text(page, ".hint.bad"));
        Assert.Equal(["#" + field], Links(page));
        Assert.Equal([field], page.FindAll(".input[aria-invalid=true]").Select(i => i.Id));
        Assert.Empty(await StoredAsync());
        await TypeAsync(page, "title", "Another");
        Assert.Equal(["#" + field], Links(page));
        await SetAsync(page, field, "1");
        Assert.Empty(page.FindAll(".notice, .bad"));
    }

    [Fact]
    public async Task An_impossible_count_does_not_stand_in_the_way_of_a_single_one()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        await page.Find("#count").InputAsync("0");
        await page.Find(".pace button").ClickAsync();
        await FireAsync(page);
        Assert.Empty(page.FindAll(".notice, .bad"));
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task A_viewer_may_write_but_not_fire()
    {
        var page = await OpenAsync(Roles.Viewer);
        await WriteAsync(page, "orders", "T");
        await FireAsync(page);
        Assert.Equal("Not fired. Your role may look but not fire. An admin can change that.", Text(page, ".notice[role=alert]"));
        await page.Find(".pace button").ClickAsync();
        Assert.Empty(await StoredAsync());
        Assert.Equal("T", page.Find("#title").GetAttribute("value"));
    }

    [Fact]
    public async Task A_store_that_takes_nothing_is_said_and_the_text_stays()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        Store.Log.OnAppend = () => throw new LogUnavailableException("The disk is full.");
        await FireAsync(page);
        Assert.Equal("Not fired. The store is not available. Nothing you typed is lost; try again in a moment.", Text(page, ".notice[role=alert]"));
        Assert.Equal("T", page.Find("#title").GetAttribute("value"));
        Store.Log.OnAppend = null;
        await FireAsync(page);
        Assert.Empty(page.FindAll(".notice"));
        Assert.Single(await StoredAsync());
    }

    private static IEnumerable<string> Links(IRenderedComponent<ComposePage> page) => page.FindAll(".notice a").Select(a => a.GetAttribute("href")!);

    // The button shows the count as it is typed; the pace waits, for half a decimal number is none.
    private static Task SetAsync(IRenderedComponent<NotifyDashboard.Components.Pages.Compose.Compose> page, string field, string text) =>
        field == "count" ? TypeAsync(page, field, text) : page.Find("#" + field).ChangeAsync(text);
}
