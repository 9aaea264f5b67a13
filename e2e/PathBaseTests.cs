using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The hub under a path of another site, as behind a proxy.</summary>
public sealed class PathBaseTests(Browsers browsers) : HubTest(browsers)
{
    protected override Dictionary<string, string> Environment => new(base.Environment) { ["Proxy__PathBase"] = "/notify" };

    [Fact]
    public async Task Sign_in_firing_badges_and_error_pages_work_under_a_path_base()
    {
        var demo = await OpenWindowAsync("/notify/demo");
        await Expect(demo.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        var page = await SignInAsync("/notify/history");
        await Expect(page).ToHaveURLAsync($"{Hub.Address}/notify/history");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compose", Exact = true }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync($"{Hub.Address}/notify/compose");
        await Expect(Live(page)).ToBeVisibleAsync();
        await ComposeAsync(page, "demo/messages", "Coffee at 6:40?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" }).ClickAsync();
        await Expect(Icon(demo, "Messages, 1 unread message")).ToBeVisibleAsync();
        await page.GotoAsync("/notify/no/such/page");
        await page.GetByRole(AriaRole.Link, new() { Name = "See what was fired" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Coffee at 6:40?" })).ToBeVisibleAsync();
    }

    // The page that is not there.
    protected override bool IsExpected(string error) => error.Contains("status of 404", StringComparison.Ordinal);
}
