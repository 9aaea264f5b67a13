using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What was fired by mistake.</summary>
public sealed class TakeBackTests(Browsers browsers) : HubTest(browsers)
{
    private const string Topic = "demo/people";

    [Fact]
    public async Task What_is_taken_back_leaves_the_badge_and_the_history_says_who_did_it()
    {
        var friend = await OpenWindowAsync("/shared/badge-demo.html");
        var badge = friend.GetByRole(AriaRole.Navigation, new() { Name = "Unread" }).Locator("notify-badge").First;
        var page = await SignInAsync("/compose");
        await ComposeAsync(page, Topic, "Everything at half the price");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).PressAsync("Control+Enter");
        await Expect(badge.GetByRole(AriaRole.Status)).ToContainTextAsync("1");

        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.GetByText("Taken back: nobody sees it any more")).ToBeVisibleAsync();
        await Expect(badge.GetByRole(AriaRole.Status)).Not.ToContainTextAsync("1");
        await friend.ReloadAsync();
        await Expect(badge).ToHaveJSPropertyAsync("count", 0);

        await page.GotoAsync("/history");
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Taken back by {OperatorName}" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Everything at half the price")).Not.ToBeVisibleAsync();

        // One that stands in the list is taken back from the drawer, in its place.
        await PublishToAsync("Fog on the lake");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fog on the lake" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Heading, new() { Name = $"Taken back by {OperatorName}" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Taken back by {OperatorName}" })).ToHaveCountAsync(2);
    }

    private Task PublishToAsync(string title) => Hub.PublishAsync(new { topic = Topic, title });
}
