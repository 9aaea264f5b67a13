using System.Net.Http.Json;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>An open inbox loads again when something changed elsewhere; nobody who is reading or scrolling notices.</summary>
public sealed class InboxReloadTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    private static ILocator UnreadTab(IPage page) => Panel(page).GetByRole(AriaRole.Tab, new() { NameRegex = new("^Unread") });

    [Fact]
    public async Task List_reaches_its_end_when_a_reload_overtakes_a_next_page_request()
    {
        await Task.WhenAll(Enumerable.Range(1, 60).Select(i => PublishAsync($"Number {i}.")));
        using var last = await PublishHereAsync("Last");
        TaskCompletionSource asked = new(), answered = new();
        var page = await OpenInboxAsync(before: page => page.RouteAsync("**/api/inbox?*before=*", async route =>
        {
            if (asked.TrySetResult()) await answered.Task;
            await route.ContinueAsync();
        }));
        await Bell(page).ClickAsync();
        await Rows(page).First.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var reloaded = ReloadAsync(page);
        await ReadElsewhereAsync(last);
        await reloaded;
        answered.SetResult();
        await GoToTheEndAsync(page);
    }

    [Fact]
    public async Task Row_read_in_the_Unread_tab_stays_focused_through_a_reload_until_the_tab_is_reopened()
    {
        using var one = await PublishHereAsync("One");
        await PublishAsync("Two");
        await PublishAsync("Three");
        var page = await OpenInboxAsync();
        await Bell(page).ClickAsync();
        await UnreadTab(page).ClickAsync();
        await Row(page, "Two").ClickAsync();
        await Expect(Row(page, "Two")).ToHaveAccessibleNameAsync("Two");
        var reloaded = ReloadAsync(page);
        await ReadElsewhereAsync(one);
        await reloaded;
        await Expect(UnreadTab(page)).ToHaveTextAsync("Unread 1");
        await Expect(Row(page, "Two")).ToBeFocusedAsync();
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await UnreadTab(page).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
    }

    private static Task<IResponse> ReloadAsync(IPage page) => page.WaitForResponseAsync(response => response.Url.Contains("/api/inbox?", StringComparison.Ordinal) && !response.Url.Contains("before=", StringComparison.Ordinal));

    private Task<HttpResponseMessage> PublishHereAsync(string title) => Hub.AskToPublishAsync(new { topic = OwnTopic, title, @private = true });

    private async Task ReadElsewhereAsync(HttpResponseMessage published)
    {
        using HttpClient device = new() { BaseAddress = new(Hub.Address) };
        device.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Make(Recipient, TimeSpan.FromMinutes(1)));
        using var answer = await device.PostAsJsonAsync("/api/inbox/read", new { ids = new[] { published.Headers.Location!.OriginalString.Split('/')[^1] } });
        answer.EnsureSuccessStatusCode();
    }
}
