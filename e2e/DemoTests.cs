using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The page that one shows a friend: two windows, and no account.</summary>
public sealed class DemoTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task A_button_in_one_window_pops_the_badge_in_both()
    {
        var here = await OpenDemoAsync();
        var there = await OpenDemoAsync();
        await here.GetByRole(AriaRole.Button, new() { Name = "Write" }).ClickAsync();
        await Expect(Icon(there, "Messages, 1 unread message")).ToBeVisibleAsync();
        await Expect(Icon(here, "Messages, 1 unread message")).ToBeVisibleAsync();
        await there.GetByRole(AriaRole.Button, new() { Name = "10 pings" }).ClickAsync();
        await Expect(Icon(here, "Notifications, 10 unread notifications")).ToBeVisibleAsync();
        await Expect(here.GetByText("ms from the press to this page, median of 1.")).ToBeVisibleAsync();
        // A badge that wakes after the stream was opened has it opened again, with its topic.
        await Expect(here.GetByText(new Regex("requests? for notifications by all tabs of this browser"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_thirty_first_in_a_minute_is_refused_in_words()
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
    public async Task The_second_window_opens_beside_the_first()
    {
        var page = await OpenDemoAsync();
        var second = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Second window" }).ClickAsync());
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow" }).ClickAsync();
        await Expect(Icon(second, "People, 1 new neighbour")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Alice_in_two_windows_is_one_person_and_Bob_hears_nothing_of_what_is_hers()
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

    // The ask that is one too many.
    protected override bool IsExpected(string error) => error.Contains("status of 429", StringComparison.Ordinal);

    [Fact]
    public async Task The_bell_stands_in_line_with_its_neighbours_before_it_works_and_after()
    {
        var page = await OpenWindowAsync("about:blank");
        var measured = new TaskCompletionSource();
        await page.RouteAsync("**/shared/notify-inbox.js*", async route =>
        {
            await measured.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/demo?as=alice");
        var before = await MiddlesAsync();
        measured.SetResult();
        await page.WaitForFunctionAsync("() => document.querySelector('notify-inbox')?.shadowRoot");
        var after = await MiddlesAsync();
        Assert.All([.. before, .. after], middle => Assert.Equal(before[0], middle, 0.6));

        Task<float[]> MiddlesAsync() => page.EvaluateAsync<float[]>("() => [...document.querySelectorAll('.trio svg')].filter(s => s.checkVisibility()).map(s => s.getBoundingClientRect()).map(r => r.top + r.height / 2)");
    }
}
