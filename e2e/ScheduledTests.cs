using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What waits to be fired, as an operator sees and changes it.</summary>
public sealed class ScheduledTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Scheduled_notifications_can_be_moved_or_cancelled_and_are_fired_when_due()
    {
        var at = DateTimeOffset.UtcNow.AddHours(3);
        await Hub.PublishAsync(new { topic = "stores/1", title = "The offer ends tonight", publishAt = at });
        await Hub.PublishAsync(new { topic = new[] { "stores/1", "stores/2" }, title = "Not so fast", publishAt = at.AddDays(40) });
        using var soon = await Hub.AskToPublishAsync(new { topic = "stores/1", title = "Good morning", publishAt = at });
        var page = await OpenSignedInAsync("/scheduled");
        var rows = page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Button) });
        await Expect(rows).ToHaveCountAsync(3);

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel Not so fast…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel it" }).ClickAsync();
        await Expect(page.GetByText("Cancelled. It is not fired.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Move The offer ends tonight…" }).ClickAsync();
        // The time that it has, on this browser's clock.
        var local = at.ToLocalTime();
        await Expect(Date(page)).ToHaveValueAsync(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await Expect(Clock(page)).ToHaveValueAsync(local.ToString("HH:mm", CultureInfo.InvariantCulture));
        await Date(page).FillAsync("2020-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
        await Expect(page.GetByText("That is in the past. Give a time to come.")).ToBeVisibleAsync();
        await Date(page).FillAsync(local.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
        await Expect(page.GetByText("Moved.")).ToBeVisibleAsync();

        // Its time comes, by another's hand, while the page is open.
        using var moved = await Hub.AskAsync(HttpMethod.Patch, soon.Headers.Location!.OriginalString, new { publishAt = DateTimeOffset.UtcNow.AddSeconds(1) });
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        await Expect(rows).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).First.ClickAsync();
        await Expect(page.GetByText("Good morning")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Compose_schedules_a_notification_in_the_operators_local_time()
    {
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "stores/1", "The offer ends tonight");
        var schedule = page.GetByRole(AriaRole.Button, new() { Name = "Schedule…" });
        await schedule.ClickAsync();
        await Expect(Date(page)).ToBeFocusedAsync();
        // The next full hour, on this browser's clock.
        await Expect(Clock(page)).ToHaveValueAsync(FullHour());
        await Date(page).FillAsync("2020-01-01");
        await Date(page).PressAsync("Enter");
        await Expect(page.GetByText("That is in the past. Give a time to come.")).ToBeVisibleAsync();
        await Date(page).PressAsync("Escape");
        await Expect(Date(page)).ToBeHiddenAsync();
        await Expect(schedule).ToBeFocusedAsync();

        var at = DateTime.Today.AddDays(1).AddHours(9.5);
        await schedule.ClickAsync();
        await Date(page).FillAsync(at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await Clock(page).FillAsync("09:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).GetByText("Scheduled for tomorrow 09:30")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("The offer ends tonight");

        await page.GetByRole(AriaRole.Link, new() { Name = "Open in Scheduled" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "The offer ends tonight" });
        await Expect(row).ToContainTextAsync("09:30");
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel The offer ends tonight…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel it" }).ClickAsync();
        await Expect(row).ToBeHiddenAsync();
    }

    private static ILocator Date(IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "Date" });

    private static ILocator Clock(IPage page) => page.GetByRole(AriaRole.Combobox, new() { Name = "Time" });

    // The hour may turn between the browser's look at the clock and this one's.
    private static Regex FullHour() => new(string.Join('|', new[] { 0, 1 }.Select(hours => DateTime.Now.AddHours(hours).ToString("HH':00'", CultureInfo.InvariantCulture))));
}
