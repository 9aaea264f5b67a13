using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>By keyboard alone, what axe finds, and how it looks in each theme, direction and width.</summary>
public sealed class InboxAccessibilityTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    [Theory]
    [InlineData(1280, "lang=\"de\"")]
    [InlineData(320, "lang=\"en\" dir=\"rtl\"")]
    public async Task Axe_finds_no_violation_in_the_closed_or_open_inbox(int width, string attributes)
    {
        await Hub.PublishAsync(new { topic = OwnTopic, title = "Your parcel is on its way", body = "Order 48213 left the house this morning and comes on Tuesday between eight and twelve, to the door that you named.", severity = "success", url = "/orders/7", @private = true });
        await Hub.PublishAsync(new { topic = OwnTopic, title = "Parcel recall", severity = "critical", actions = new[] { new { label = "Book a pick-up", url = "/pick-up" } }, @private = true });
        var page = await OpenInboxAsync(attributes: attributes, before: page => page.SetViewportSizeAsync(width, 700));
        await PublishAsync("Only four left");
        await Expect(page.GetByRole(AriaRole.Region).GetByRole(AriaRole.Group)).ToBeVisibleAsync();
        // Under the pointer it stays.
        await page.GetByRole(AriaRole.Region).GetByRole(AriaRole.Group).HoverAsync();
        await CheckAsync(page, "closed, with a toast", $"inbox-toast-{width}");
        await Bell(page).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await CheckAsync(page, "open", $"inbox-{width}");
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await Rows(page).First.HoverAsync();
        await Rows(page).First.GetByRole(AriaRole.Button).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await CheckAsync(page, "with its menu", $"inbox-menu-{width}");
    }

    [Fact]
    public async Task Inbox_is_operable_by_keyboard_alone_and_Escape_returns_the_focus_to_the_bell()
    {
        foreach (var title in new[] { "One", "Two", "Three" }) await PublishAsync(title);
        var page = await OpenInboxAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(Bell(page)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Panel(page).GetByRole(AriaRole.Tab, new() { Name = "All" })).ToBeFocusedAsync();
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(Panel(page).GetByRole(AriaRole.Tab, new() { Name = "Unread 3" })).ToBeFocusedAsync();
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Row(page, "Three")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Row(page, "Two")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Row(page, "Two")).ToHaveAccessibleNameAsync("Two");
        await Expect(Row(page, "Two")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(Row(page, "Two").GetByRole(AriaRole.Button, new() { Name = "Archive" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Row(page, "Two")).ToHaveCountAsync(0);
        await Expect(Row(page, "One")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Archive" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(Row(page, "One").GetByRole(AriaRole.Button, new() { Name = "More actions" })).ToBeFocusedAsync();
        for (var i = 0; i < 12; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement === document.body || document.activeElement.localName === 'notify-inbox'"));
        }
        await page.Keyboard.PressAsync("Escape");
        await Expect(Panel(page)).ToBeHiddenAsync();
        await Expect(Bell(page)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Focused_row_button_keeps_the_focus_when_its_notification_is_updated()
    {
        using var stored = await Hub.AskToPublishAsync(new { topic = OwnTopic, title = "The ferry leaves", @private = true });
        var page = await OpenInboxAsync();
        await Bell(page).ClickAsync();
        await Row(page, "The ferry leaves").GetByRole(AriaRole.Button, new() { Name = "Archive" }).FocusAsync();
        using var changed = await Hub.AskAsync(HttpMethod.Patch, stored.Headers.Location!.OriginalString, new { title = "The ferry waits" });
        await Expect(Row(page, "The ferry waits").GetByRole(AriaRole.Button, new() { Name = "Archive" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Row(page, "The ferry waits")).ToHaveCountAsync(0);
    }
}
