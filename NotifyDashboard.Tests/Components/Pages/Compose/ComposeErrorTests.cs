using Bunit;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeErrorTests : ComposeContext
{
    [Fact]
    public async Task Validation_errors_appear_as_links_in_the_summary_and_at_their_fields()
    {
        var page = await OpenAsync();
        await TypeAsync(page, "type", "hub.mine");
        await TypeAsync(page, "text", new string('x', 4_001));
        await TypeAsync(page, "url", "javascript:alert(1)");
        await FireAsync(page);
        Assert.Equal(["#type", "#text", "#url"], Links(page));
        Assert.StartsWith("Not fired: 3 problems to fix.", Alert(page), StringComparison.Ordinal);
        // The same sentences; those of the first row stand beside each other.
        Assert.Equal(page.FindAll(".mud-alert a").Select(Words).Order(), Errors(page).Order());
        Assert.Equal(["type", "text", "url"], Invalid(page));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task Invalid_JSON_is_reported_while_it_is_typed()
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, "ping", "{\"a\":");
        Assert.Empty(Errors(page));
        await page.FindAll("input[type=checkbox]")[0].ChangeAsync(true);
        Assert.Contains("This is not valid JSON: check line 1, or send it as text.", Errors(page));
        await TypeAsync(page, "data", "{\"a\":1}");
        Assert.Empty(Errors(page));
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
        Assert.Equal("", Alert(page));
    }

    [Fact]
    public async Task A_series_of_an_impossible_count_is_marked_at_its_field_until_it_is_corrected()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        await TypeAsync(page, "count", "0");
        await SeriesButton(page).ClickAsync();
        Assert.Equal(["A series has 1 to 10,000 notifications."], Errors(page));
        Assert.Equal(["#count"], Links(page));
        Assert.Equal(["count"], Invalid(page));
        await TypeAsync(page, "count", "1");
        Assert.Equal("", Alert(page));
        Assert.Empty(Errors(page));
    }

    [Fact]
    public async Task A_viewer_may_write_but_not_fire()
    {
        var page = await OpenAsync(Roles.Viewer);
        await WriteAsync(page, "orders", "T");
        await FireAsync(page);
        Assert.Equal("Not fired. Your role may look but not fire. An admin can change that.", Alert(page));
        await SeriesButton(page).ClickAsync();
        Assert.Empty(await StoredAsync());
        Assert.Equal("T", page.Find("#title").GetAttribute("value"));
    }

    [Fact]
    public async Task Fire_with_an_unavailable_store_shows_an_alert_and_keeps_the_typed_text()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        Store.Log.OnAppend = () => throw new StoreUnavailableException("The disk is full.");
        await FireAsync(page);
        Assert.Equal("Not fired. The store is not available. Nothing you typed is lost; try again in a moment.", Alert(page));
        Assert.Equal("T", page.Find("#title").GetAttribute("value"));
        Store.Log.OnAppend = null;
        await FireAsync(page);
        Assert.Equal("", Alert(page));
        Assert.Single(await StoredAsync());
    }

    private static IEnumerable<string> Links(IRenderedComponent<ComposePage> page) => page.FindAll(".mud-alert a").Select(a => a.GetAttribute("href")!);
}
