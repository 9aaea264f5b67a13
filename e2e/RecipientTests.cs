using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Recipients in browsers, with the tokens of an application: who hears what, and whose counts are right where.</summary>
public sealed class RecipientTests(Browsers browsers, SharedHub shared) : RecipientTest(browsers, shared), IClassFixture<SharedHub>
{
    [Fact]
    public async Task Two_recipients_in_one_browser_receive_only_their_own_notifications_on_the_wire()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob", alice);
        await PublishAsync("alice", "for Alice");
        await PublishAsync("bob", "for Bob");
        await HeardAsync(alice, "for Alice");
        await HeardAsync(bob, "for Bob");
        lock (Wire)
        {
            Assert.DoesNotContain(Wire, w => w.Page == alice && w.Data.Contains("for Bob", StringComparison.Ordinal));
            Assert.DoesNotContain(Wire, w => w.Page == bob && w.Data.Contains("for Alice", StringComparison.Ordinal));
            Assert.Contains(Wire, w => w.Page == bob && w.Data.Contains("for Bob", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Tabs_receive_nothing_more_for_the_previous_recipient_after_another_signs_in()
    {
        var who = "alice";
        var one = await OpenAsync(() => who);
        var two = await OpenAsync(() => who, one);
        await PublishAsync("alice", "for Alice");
        await HeardAsync(one, "for Alice");
        await HeardAsync(two, "for Alice");
        lock (Wire) Assert.Single(Wire, w => w.Data.Contains("for Alice", StringComparison.Ordinal));

        who = "bob";
        await one.Context.SetOfflineAsync(true);
        await one.WaitForFunctionAsync("() => !navigator.onLine");
        await one.Context.SetOfflineAsync(false);
        await one.WaitForFunctionAsync("() => globalThis.recipients.length === 2");
        await two.WaitForFunctionAsync("() => globalThis.recipients.length === 2");
        await LiveAsync(one);
        await LiveAsync(two);
        lock (Wire) Wire.Clear();
        await PublishAsync("alice", "no longer");
        await PublishAsync("bob", "for Bob");
        await HeardAsync(one, "for Alice, for Bob");
        await HeardAsync(two, "for Alice, for Bob");
        await Expect(Badge(two)).ToHaveTextAsync("1");
        lock (Wire) Assert.DoesNotContain(Wire, w => w.Data.Contains("no longer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clearing_the_badge_on_one_device_clears_it_on_the_others_within_a_second()
    {
        await PublishAsync("alice", "before");
        var laptop = await OpenAsync("alice");
        var phone = await OpenAsync("alice");
        var tab = await OpenAsync("alice", phone);
        foreach (var page in new[] { laptop, phone, tab }) await Expect(Badge(page)).ToHaveTextAsync("1");
        await PublishAsync("alice", "now");
        foreach (var page in new[] { laptop, phone, tab }) await Expect(Badge(page)).ToHaveTextAsync("2");
        await laptop.EvaluateAsync("() => document.querySelector('notify-badge').clear()");
        await Expect(Badge(phone)).ToBeHiddenAsync(new() { Timeout = 1_000 });
        await Expect(Badge(tab)).ToBeHiddenAsync(new() { Timeout = 1_000 });
        await PublishAsync("alice", "after");
        foreach (var page in new[] { laptop, phone, tab }) await Expect(Badge(page)).ToHaveTextAsync("1");
        // The other number: nothing was opened yet.
        await phone.EvaluateAsync("() => { document.querySelector('notify-badge').mode = 'unread'; }");
        await Expect(Badge(phone)).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task Notifications_retracted_while_the_stream_is_closed_are_subtracted_from_the_badge_once()
    {
        var ids = new List<string>();
        foreach (var title in new[] { "first", "second" })
        {
            using var stored = await Hub.AskToPublishAsync(new { topic = OwnTopic("alice"), title, @private = true });
            ids.Add((await stored.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!);
        }
        var page = await OpenAsync("alice");
        await PublishAsync("alice", "third");
        await Expect(Badge(page)).ToHaveTextAsync("3");
        // Its stream is closed, and goes on behind its cursor: the counts at its beginning leave out what the frames after them take back again.
        await page.EvaluateAsync("() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        foreach (var id in ids)
        {
            using var gone = await Hub.AskAsync(HttpMethod.Delete, $"/api/notifications/{id}");
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        }
        await PublishAsync("alice", "fourth");
        await page.EvaluateAsync("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await Expect(Badge(page)).ToHaveTextAsync("2");
        await PublishAsync("alice", "fifth");
        await Expect(Badge(page)).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task Badge_added_later_counts_notifications_published_before_it()
    {
        await PublishAsync("alice", "before");
        var page = await OpenAsync("alice");
        await Expect(Badge(page)).ToHaveTextAsync("1");
        await PublishAsync("alice", "now");
        await Expect(Badge(page)).ToHaveTextAsync("2");
        await page.EvaluateAsync("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<notify-badge id=later mode=unread token-url=/notify-token></notify-badge>')");
        await Expect(page.Locator("#later [part=badge]")).ToHaveTextAsync("2", new() { Timeout = 2_000 });
        await PublishAsync("alice", "then");
        await Expect(page.Locator("#later [part=badge]")).ToHaveTextAsync("3", new() { Timeout = 2_000 });
    }

    [Fact]
    public async Task Expiring_token_is_renewed_without_losing_a_notification()
    {
        var lives = TimeSpan.FromSeconds(-55); // five seconds, with the minute for the clocks
        var asked = 0;
        var page = await OpenAsync(() => "alice", null, () => asked++ == 0 ? lives : TimeSpan.FromMinutes(10));
        for (var i = 0; asked < 2; i++)
        {
            await PublishAsync("alice", $"{i}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        await LiveAsync(page);
        await PublishAsync("alice", "last");
        await page.WaitForFunctionAsync("() => heard.at(-1) === 'last'");
        Assert.True(await page.EvaluateAsync<bool>("() => heard.slice(0, -1).every((title, at) => title === String(at))"));
    }
}
