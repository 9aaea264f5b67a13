using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The overview of a hub that is used meanwhile.</summary>
public sealed class OverviewTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Figures_and_the_latest_notifications_follow_what_happens()
    {
        var page = await OpenSignedInAsync("/");
        await Expect(Tile(page, "Connected now")).ToContainTextAsync("Nobody is connected");
        await OpenDemoAsync();
        await Expect(Tile(page, "Connected now")).ToContainTextAsync("1 tab");
        await Hub.PublishAsync(new { topic = "demo/messages", title = "Coffee at 6:40?", severity = "warning" });
        var latest = page.GetByRole(AriaRole.Region, new() { Name = "Latest notifications" });
        await latest.GetByRole(AriaRole.Link, new() { Name = "Coffee at 6:40?" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Coffee at 6:40?");
        await page.GoBackAsync();
        await Expect(Tile(page, "Events")).ToContainTextAsync("a second");
    }

    [Fact]
    public async Task Range_and_figure_survive_a_reload_and_hidden_first_steps_stay_hidden()
    {
        var page = await OpenSignedInAsync("/");
        await Tile(page, "Connected now").ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Day" }).CheckAsync(new() { Force = true });
        await Expect(page).ToHaveURLAsync(new Regex(@"\?range=day&show=connections$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "First steps" })).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Day" })).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Figure, new() { Name = "Connections" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "First steps" })).ToBeHiddenAsync();
    }

    private static ILocator Tile(IPage page, string title) => page.GetByRole(AriaRole.Group, new() { Name = "Live figures" }).GetByRole(AriaRole.Button).Filter(new() { HasText = title });
}
