using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The page that one shows a friend: two windows, and no account.</summary>
public sealed class DemoTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    [Fact]
    public async Task Demo_button_in_one_window_raises_the_badge_in_both_windows()
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
    public async Task Second_window_link_opens_a_demo_that_receives_notifications_from_the_first()
    {
        var page = await OpenDemoAsync();
        var second = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Second window" }).ClickAsync());
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow" }).ClickAsync();
        await Expect(Icon(second, "People, 1 new neighbour")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Bell_is_aligned_with_its_neighbours_before_and_after_its_module_loads()
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
