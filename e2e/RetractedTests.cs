using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What the history shows of what was retracted: nothing that tells one from another, so that each test has a hub of its own.</summary>
public sealed class RetractedTests(Browsers browsers) : UndoTest(browsers)
{
    [Fact]
    public async Task Retracted_notification_leaves_the_badge_and_History_names_the_operator()
    {
        var friend = await OpenWindowAsync("/shared/badge-demo.html");
        var badge = friend.GetByRole(AriaRole.Navigation, new() { Name = "Unread" }).Locator("notify-badge").First;
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, Topic, "Everything at half the price");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).PressAsync("Control+Enter");
        await Expect(badge.GetByRole(AriaRole.Status)).ToContainTextAsync("1");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByText("Retracted: nobody sees it any more")).ToBeVisibleAsync();
        await Expect(badge.GetByRole(AriaRole.Status)).Not.ToContainTextAsync("1");
        await friend.ReloadAsync();
        await Expect(badge).ToHaveJSPropertyAsync("count", 0);

        await page.GotoAsync("/history");
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Retracted by {OperatorName}" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Everything at half the price")).Not.ToBeVisibleAsync();

        // One in the list is retracted from the drawer, and stays in its place.
        await Hub.PublishAsync(new { topic = Topic, title = "Fog on the lake" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Fog on the lake" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retract…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retract", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Heading, new() { Name = $"Retracted by {OperatorName}" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Retracted by {OperatorName}" })).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Undo_offer_follows_the_operator_to_History_and_is_gone_once_used()
    {
        var page = await OpenSignedInAsync("/compose");
        await FireByMouseAsync(page, "Everything at half the price");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open in History" }).ClickAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(Offer(page)).ToBeVisibleAsync();
        await Offer(page).ClickAsync();
        await Expect(page.GetByText("Retracted.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Retracted by {OperatorName}" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Retracted.")).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(Offer(page)).ToBeHiddenAsync();
    }
}
