using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What axe finds on every page in both themes, and the main way through it by keyboard alone.</summary>
public sealed partial class AccessibilityTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Public_pages_have_no_serious_axe_violation_and_no_target_under_24_px()
    {
        var page = await OpenWindowAsync("/sign-in");
        await PageCheck.RunAsync(page, "sign-in");
        foreach (var address in new[] { "/set-up?token=none", "/no/such/page", "/refused/403", "/shared/badge-demo.html" })
        {
            await page.GotoAsync(address);
            await PageCheck.RunAsync(page, address);
        }
        await page.GotoAsync("/demo");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await Hub.PublishAsync(new { topic = "demo/messages", title = "Coffee at 6:40?", body = "On the first ferry." });
        await page.GetByRole(AriaRole.Button, new() { Name = "Messages, 1 unread message" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Coffee at 6:40?" })).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "demo");
    }

    [Fact]
    public async Task Operator_pages_have_no_serious_axe_violation_and_no_target_under_24_px()
    {
        var page = await OpenSignedInAsync("/");
        await Expect(page.GetByText("Nothing was fired in the last hour.")).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "overview, of a new hub");
        await page.GotoAsync("/history");
        await Expect(page.GetByText("Nothing was fired yet")).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "history, empty");
        await Hub.PublishAsync(new { topic = "orders/1", title = "Your parcel is on its way", severity = "warning" });
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Your parcel is on its way" })).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "history");
        await page.GetByRole(AriaRole.Button, new() { Name = "Your parcel is on its way" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "history, with the drawer");
        await page.GotoAsync("/compose");
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire", Exact = false }).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Not fired" })).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "compose, with errors");
        await ComposeAsync(page, "orders/1", "Your parcel is on its way");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).PressAsync("Control+Enter");
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Fire Ctrl" })).ToBeEnabledAsync();
        await PageCheck.RunAsync(page, "compose, fired");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Date" })).ToBeFocusedAsync();
        await PageCheck.RunAsync(page, "compose, scheduling");
        await page.Keyboard.PressAsync("Escape");
        await ComposeAsync(page, "broadcast", "The ferry runs again");
        await page.GetByText("Further topics, icon, tags").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a button" }).ClickAsync();
        await page.ChooseAsync("Expires", "At a date and time");
        await PageCheck.RunAsync(page, "compose, with everything open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Recently fired" }).ClickAsync();
        await Expect(page.GetByText("All in History")).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "compose, with the menu open");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "compose, asking");
        foreach (var address in new[] { "/access/operators", "/access/keys", "/audit", "/account", "/scheduled" })
        {
            await page.GotoAsync(address);
            if (address != "/account") await Expect(Live(page)).ToBeVisibleAsync();
            await PageCheck.RunAsync(page, address);
        }
        await page.GotoAsync("/access/operators");
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create invitation" }).ClickAsync();
        await page.GetByLabel($"What to do with {OperatorName}").ClickAsync();
        await PageCheck.RunAsync(page, "operators, with everything open");
        var link = (await page.GetByRole(AriaRole.Region, new() { Name = "The invitation" }).Locator("pre").TextContentAsync())!;
        await page.GotoAsync(link);
        await PageCheck.RunAsync(page, "join");
    }

    [Fact]
    public async Task Operator_signs_in_fires_opens_History_and_signs_out_by_keyboard_alone()
    {
        var page = await OpenWindowAsync("/compose");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(OperatorName);
        await TabToAsync(page, page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }));
        await page.Keyboard.TypeAsync(OperatorPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Live(page)).ToBeVisibleAsync();

        await TabToAsync(page, page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" }));
        await page.Keyboard.TypeAsync("orders/1");
        await page.Keyboard.PressAsync("Escape");
        await TabToAsync(page, page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }));
        await page.Keyboard.TypeAsync("Your parcel is on its way");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { NameRegex = Fire() }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = Fire() })).ToBeFocusedAsync();

        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Open in History" }), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Your parcel is on its way" })).ToBeVisibleAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await TabToAsync(page, Account(page), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(IPage page, ILocator target, string key = "Tab")
    {
        const int most = 40;
        for (var i = 0; i < most && !await target.EvaluateAsync<bool>("e => e === document.activeElement"); i++) await page.Keyboard.PressAsync(key);
        await Expect(target).ToBeFocusedAsync();
    }

    // Pages that are refused are looked at too.
    protected override bool IsExpected(string error) => error.Contains("Failed to load resource", StringComparison.Ordinal);

    [GeneratedRegex("^Fire(?! it| [0-9])")]
    private static partial Regex Fire();
}
