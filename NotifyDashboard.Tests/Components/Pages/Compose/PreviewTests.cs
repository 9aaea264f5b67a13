using System.Text.Json.Nodes;
using Bunit;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class PreviewTests : ComposeContext
{
    [Fact]
    public async Task Preview_shows_badge_and_toast_in_both_themes_and_one_inbox_row()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders/1", "Your parcel is on its way");
        await page.Find("input[value=warning]").ChangeAsync("warning");
        Assert.Equal(["light", "dark"], page.FindAll(".themes [data-theme]").Select(b => b.GetAttribute("data-theme")));
        Assert.Equal(["light", "dark"], page.FindAll("[aria-label^=Toast]").Select(b => b.GetAttribute("data-theme")));
        Assert.Equal(["badge", "badge", "toast", "toast", "row"], page.FindAll("notify-preview").Select(sample => sample.GetAttribute("show")));
        foreach (var json in Samples(page))
            Assert.Equal(("Your parcel is on its way", "warning", "orders/1"), (json["title"]!.GetValue<string>(), json["severity"]!.GetValue<string>(), json["topics"]![0]!.GetValue<string>()));
    }

    [Fact]
    public async Task Preview_of_raw_data_is_limited_to_200_characters()
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, "ping", new string('x', 60_000));
        Assert.All(Samples(page), json => Assert.Equal(("ping", 200), (json["type"]!.GetValue<string>(), json["data"]!.GetValue<string>().Length)));
    }

    [Fact]
    public async Task Preview_of_an_empty_draft_shows_a_hint_and_no_sample()
    {
        var page = await OpenAsync();
        Assert.Empty(Samples(page));
        Assert.Contains("Toast and inbox row appear as soon as there is a title or a text.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paste_of_60_kB_is_counted_and_shown_in_part()
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, "ping", new string('x', 60_000));
        Assert.Contains("60,000 / 65,536 bytes", page.Markup, StringComparison.Ordinal);
        Assert.EndsWith("… and 56,000 more characters", page.Find("pre").TextContent.TrimEnd(), StringComparison.Ordinal);
        await FireAsync(page);
        Assert.Equal(60_000, (await StoredAsync()).Single().Draft.Data!.Value.Text.Length);
    }

    [Fact]
    public async Task Data_over_the_size_limit_is_reported_at_once_and_not_fired()
    {
        var page = await OpenAsync();
        await WriteRawAsync(page, "ping", new string('x', 70_000));
        Assert.Contains("70,000 / 65,536 bytes: too many", page.Markup, StringComparison.Ordinal);
        await FireAsync(page);
        Assert.Equal(["The data has 70000 bytes; at most 65536 fit."], Errors(page));
        Assert.Empty(await StoredAsync());
    }

    private static List<JsonNode> Samples(IRenderedComponent<ComposePage> page) => [.. page.FindAll("notify-preview[notification]").Select(sample => JsonNode.Parse(sample.GetAttribute("notification")!)!)];
}
