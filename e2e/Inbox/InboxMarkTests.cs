using System.Text.Json;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>Marks that the hub refuses, and how a time to snooze is sent.</summary>
public sealed class InboxMarkTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    [Theory]
    [InlineData("archive", "Could not archive.")]
    [InlineData("read", "Could not mark as read.")]
    [InlineData("snooze", "Could not snooze.")]
    public async Task Refused_mark_shows_an_alert_is_undone_and_can_be_retried(string action, string sentence)
    {
        foreach (var title in new[] { "One", "Two", "Three" }) await PublishAsync(title);
        var page = await OpenInboxAsync();
        await Bell(page).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await page.RouteAsync($"**/api/inbox/{action}", route => route.FulfillAsync(new() { Status = 403, ContentType = "application/problem+json", Body = "{}" }));
        await MenuAsync(page, "Two", action switch { "archive" => "Archive", "read" => "Mark as read", _ => "Tomorrow" });

        var alert = Panel(page).GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync($"{sentence} The list has been restored.");
        await Expect(Rows(page).Nth(1)).ToHaveAccessibleNameAsync("Two, unread");

        await page.UnrouteAsync($"**/api/inbox/{action}");
        await alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(alert).ToBeHiddenAsync();
        if (action == "read") await Expect(Row(page, "Two")).ToHaveAccessibleNameAsync("Two");
        else await Expect(Row(page, "Two")).ToHaveCountAsync(0);
        await Expect(Rows(page)).ToHaveCountAsync(action == "read" ? 3 : 2);
    }

    [Fact]
    public async Task Snooze_for_an_hour_is_sent_as_a_duration_and_until_tomorrow_as_a_time()
    {
        await PublishAsync("One");
        await PublishAsync("Two");
        var page = await OpenInboxAsync();
        await Bell(page).ClickAsync();
        var duration = await SnoozeAsync(page, "One", "In an hour");
        Assert.Equal(3_600, duration.GetProperty("forSeconds").GetInt32());
        Assert.False(duration.TryGetProperty("until", out _));
        await Expect(Row(page, "One")).ToHaveCountAsync(0);
        var time = await SnoozeAsync(page, "Two", "Tomorrow");
        Assert.True(time.GetProperty("until").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        Assert.False(time.TryGetProperty("forSeconds", out _));
    }

    protected override bool IsExpected(string error) => base.IsExpected(error) || error.Contains("403", StringComparison.Ordinal);

    private static async Task<JsonElement> SnoozeAsync(IPage page, string title, string choice)
    {
        var response = await page.RunAndWaitForResponseAsync(() => MenuAsync(page, title, choice), "**/api/inbox/snooze");
        Assert.Equal(200, response.Status);
        return JsonDocument.Parse(response.Request.PostData!).RootElement;
    }

    private static async Task MenuAsync(IPage page, string title, string item)
    {
        await Row(page, title).HoverAsync();
        await Row(page, title).GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync();
    }
}
