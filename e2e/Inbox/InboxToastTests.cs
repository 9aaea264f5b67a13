using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>What shows at the edge of the page when something comes, and what does not.</summary>
public sealed class InboxToastTests(Browsers browsers) : InboxTest(browsers)
{
    [Fact]
    public async Task At_most_three_toasts_are_shown_and_a_toast_can_be_dismissed()
    {
        await PublishAsync("Before");
        var page = await OpenInboxAsync();
        await Expect(Badge(page)).ToHaveTextAsync("1");
        for (var i = 1; i <= 5; i++) await PublishAsync($"Number {i}");
        await Expect(Toast(page, "Number 5")).ToBeVisibleAsync();
        await Expect(Region(page).GetByRole(AriaRole.Group)).ToHaveCountAsync(3);
        await Expect(Region(page)).ToContainTextAsync("2 more");
        await Expect(Toast(page, "Before")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss: Number 4" }).ClickAsync();
        await Expect(Toast(page, "Number 4")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Toast_disappears_by_itself_and_a_critical_toast_stays_until_the_panel_is_opened()
    {
        var page = await OpenInboxAsync();
        await PublishAsync("Short");
        await Expect(Toast(page, "Short")).ToBeVisibleAsync();
        await Hub.PublishAsync(new { topic = OwnTopic, title = "Fire", severity = "critical", @private = true });
        await Expect(Toast(page, "Short")).ToHaveCountAsync(0, new() { Timeout = 10_000 });
        await PublishAsync("Held");
        await Toast(page, "Held").HoverAsync();
        await Expect(Toast(page, "Held")).ToHaveCountAsync(1);
        await Expect(Toast(page, "Fire")).ToBeVisibleAsync();
        await Bell(page).ClickAsync();
        await Expect(Toast(page, "Fire")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Notification_already_included_in_the_counts_still_shows_a_toast()
    {
        var page = await OpenInboxAsync(before: page => page.RouteAsync("**/api/inbox/counts*", async route =>
        {
            // As if these counts had overtaken what is published next.
            var answer = await route.FetchAsync();
            var counts = System.Text.Json.Nodes.JsonNode.Parse(await answer.TextAsync())!;
            counts["countsAt"] = counts["countsAt"]!.GetValue<string>() + "9999";
            await route.FulfillAsync(new() { Response = answer, Body = counts.ToJsonString() });
        }));
        await page.RunAndWaitForResponseAsync(() => page.EvaluateAsync("async () => { const { subscribe } = await import(`${hubAddress}shared/notification-source.js`); subscribe({ tokenUrl: document.querySelector('notify-inbox').tokenUrl }); }"), "**/api/inbox/counts*");
        await PublishAsync("Two");
        await Expect(page.GetByRole(AriaRole.Region).GetByRole(AriaRole.Group, new() { Name = "Two" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Notifications_replayed_after_a_reconnect_show_no_toast()
    {
        var page = await OpenInboxAsync();
        await page.Context.SetOfflineAsync(true);
        await page.WaitForFunctionAsync("() => !navigator.onLine");
        await Hub.KillAsync();
        await Hub.RunAsync();
        await PublishAsync("Missed");
        await page.Context.SetOfflineAsync(false);
        await page.WaitForFunctionAsync("() => globalThis.heard === 1", null, new() { Timeout = 20_000 });
        await PublishAsync("Now");
        await Expect(Toast(page, "Now")).ToBeVisibleAsync();
        await Expect(Toast(page, "Missed")).ToHaveCountAsync(0);
        await Expect(Badge(page)).ToHaveTextAsync("2");
    }

    private static ILocator Region(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Notifications" });

    private static ILocator Toast(IPage page, string title) => Region(page).GetByRole(AriaRole.Group, new() { Name = title, Exact = true });
}
