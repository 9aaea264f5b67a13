using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Recipients and what everybody gets: each counts it once, and may mute it.</summary>
public sealed class BroadcastTests(Browsers browsers) : RecipientTest(browsers)
{
    [Fact]
    public async Task Badge_counts_a_notification_on_two_of_its_topics_once_and_clears_only_its_own_topics()
    {
        var page = await OpenAsync("alice");
        await page.EvaluateAsync("""
            own => document.querySelector('main').insertAdjacentHTML('beforeend',
              `<notify-badge id=both topics="broadcast ${own}" token-url=/notify-token></notify-badge><notify-badge id=all topics=broadcast token-url=/notify-token></notify-badge>`)
            """, OwnTopic("alice"));
        var (inbox, both, all) = (Badge(page).First, page.Locator("#both [part=badge]"), page.Locator("#all [part=badge]"));
        await Hub.PublishAsync(new { topic = new[] { "broadcast", OwnTopic("alice") }, title = "for both" });
        await PublishAsync("alice", "hers");
        foreach (var (badge, count) in new[] { (inbox, "2"), (both, "2"), (all, "1") }) await Expect(badge).ToHaveTextAsync(count);
        // Set by the hub, not counted here: a mark elsewhere brings fresh counts.
        var phone = await OpenAsync("alice");
        await Expect(Badge(phone)).ToHaveTextAsync("2");
        await page.EvaluateAsync("() => document.querySelector('#all').clear()");
        await Expect(all).ToBeHiddenAsync();
        foreach (var badge in new[] { inbox, both, Badge(phone) }) await Expect(badge).ToHaveTextAsync("1");
        await page.EvaluateAsync("() => document.querySelector('#both').clear()");
        foreach (var badge in new[] { inbox, both, Badge(phone) }) await Expect(badge).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Topic_muted_on_one_device_is_counted_on_no_device_except_for_critical_notifications()
    {
        var laptop = await OpenAsync("alice");
        var phone = await OpenAsync("alice");
        var tab = await OpenAsync("alice", phone);
        IPage[] pages = [laptop, phone, tab];
        await PublishAsync("alice", "hers");
        foreach (var page in pages) await Expect(Badge(page)).ToHaveTextAsync("1");
        await MuteAsync(laptop, "broadcast");
        await Hub.PublishAsync(new { topic = "broadcast", title = "muted" });
        await PublishAsync("alice", "hers too");
        foreach (var page in pages)
        {
            // Heard by all, counted by none.
            await HeardAsync(page, "hers, muted, hers too");
            await Expect(Badge(page)).ToHaveTextAsync("2");
        }
        await Hub.PublishAsync(new { topic = "broadcast", title = "fire", severity = "critical" });
        foreach (var page in pages) await Expect(Badge(page)).ToHaveTextAsync("3");
        // The rules are those of now: without them what came muted counts too.
        await MuteAsync(phone);
        await Hub.PublishAsync(new { topic = "broadcast", title = "not muted any more" });
        foreach (var page in pages) await Expect(Badge(page)).ToHaveTextAsync("5");
    }

    [Fact]
    public async Task Compose_shows_how_many_people_in_how_many_tabs_a_broadcast_reaches()
    {
        var one = await OpenAsync("alice");
        var two = await OpenAsync("alice", one);
        await OpenAsync("bob");
        var reach = (await OpenSignedInAsync("/compose?topic=broadcast")).Locator("#reach");
        await Expect(reach).ToContainTextAsync("2 people in 3 tabs now");
        await two.CloseAsync();
        await Expect(reach).ToContainTextAsync("2 people in 2 tabs now");
        await one.CloseAsync();
        await Expect(reach).ToContainTextAsync("1 person in 1 tab now");
    }
}
