using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What a demo counts, by address or by person: each test has a hub of its own.</summary>
public sealed class DemoCountTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Demo_refuses_more_than_30_pings_in_a_minute_with_a_message()
    {
        var page = await OpenDemoAsync();
        var pings = page.GetByRole(AriaRole.Button, new() { Name = "10 pings" });
        for (var i = 1; i <= 3; i++)
        {
            await pings.ClickAsync();
            await Expect(Icon(page, $"Notifications, {i * 10} unread notifications")).ToBeVisibleAsync();
        }
        await pings.ClickAsync();
        await Expect(page.GetByText("That was 30 in a minute. Again in")).ToBeVisibleAsync();
        await Expect(Icon(page, "Notifications, 30 unread notifications")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Alices_two_windows_share_their_counts_and_Bob_receives_none_of_her_notifications()
    {
        var alice = await OpenDemoAsync();
        await alice.GetByRole(AriaRole.Link, new() { Name = "Alice", Exact = true }).ClickAsync();
        await Expect(alice.GetByText("Two windows are two devices of one person")).ToBeVisibleAsync();
        var (phone, bob) = (await OpenDemoAsync("/demo?as=alice"), await OpenDemoAsync("/demo?as=bob"));
        await Expect(alice.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await bob.GetByRole(AriaRole.Button, new() { Name = "To Alice alone" }).ClickAsync();
        foreach (var page in new[] { alice, phone }) await Expect(Icon(page, "Notifications, 1 unread notification")).ToBeVisibleAsync();
        await bob.GetByRole(AriaRole.Button, new() { Name = "Ring" }).ClickAsync();
        await Expect(Icon(bob, "Notifications, 1 unread notification")).ToBeVisibleAsync();
        foreach (var page in new[] { alice, phone }) await Expect(Icon(page, "Notifications, 2 unread notifications")).ToBeVisibleAsync();

        await Icon(alice, "Notifications, 2 unread notifications").ClickAsync();
        await Expect(alice.GetByText("Only you see this, Alice", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Icon(phone, "Notifications")).ToBeVisibleAsync();
        await Expect(Icon(bob, "Notifications, 1 unread notification")).ToBeVisibleAsync();
        // The component's callback: whoever opens the inbox has closed the other list.
        await Icon(phone, "Messages").ClickAsync();
        await Expect(phone.GetByText("No messages yet")).ToBeVisibleAsync();
        await phone.EvaluateAsync("() => document.querySelector('notify-inbox').show()");
        await Expect(phone.GetByText("No messages yet")).ToBeHiddenAsync();
        await phone.ReloadAsync();
        await Expect(phone.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await Expect(Icon(phone, "Notifications")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Alices_inbox_loads_in_the_browser_of_a_signed_in_operator()
    {
        var page = await OpenSignedInAsync("/compose");
        await page.GotoAsync("/demo?as=alice");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ring" }).ClickAsync();
        await Icon(page, "Notifications, 1 unread notification").ClickAsync();
        await Expect(page.Locator("notify-inbox").GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await Expect(page.GetByText("The list did not load")).ToHaveCountAsync(0);
        await Expect(Icon(page, "Notifications")).ToBeVisibleAsync();
    }

    // The ask that is one too many.
    protected override bool IsExpected(string error) => error.Contains("status of 429", StringComparison.Ordinal);
}
