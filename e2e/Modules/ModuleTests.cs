using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>The browser modules alone, in a real browser, against a hub that fails on command.</summary>
public sealed class ModuleTests(Browsers browsers) : ModuleTest(browsers)
{
    [Fact]
    public async Task Badges_of_one_page_share_one_request_for_all_their_topics()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge><notify-badge topics='b c'></notify-badge><notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("c", Badge(1));
        Assert.Equal("?topic=a&topic=b&topic=c&envelope=1", Assert.Single(Hub.Requests).Query);
        await Expect(Badge(0)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Badge_counts_shows_99_plus_above_its_maximum_and_hides_when_cleared()
    {
        await OpenAsync("<notify-badge topics='a' label='unread messages'>Mail</notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        Hub.Publish("a", 200);
        await Expect(Badge(0)).ToHaveTextAsync("99+");
        await Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("more than 99 unread messages", new() { Timeout = 7_000 });
        await Page.EvaluateAsync("document.querySelector('notify-badge').clear()");
        await Expect(Badge(0)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Reconnect_after_a_dropped_stream_loses_and_repeats_no_notification()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        Hub.Cut();
        Hub.Publish("a", 5);
        await Expect(Badge(0)).ToHaveTextAsync("6");
        Assert.Contains("last_event_id=fake-101", Hub.Requests.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Badge_keeps_reconnecting_while_the_hub_refuses_and_then_catches_up()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        Hub.Refuses = true;
        Hub.Cut();
        await Hub.CameAsync(3, TestContext.Current.CancellationToken);
        Hub.Publish("a");
        Hub.Refuses = false;
        await Expect(Badge(0)).ToHaveTextAsync("2", new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task Page_reconnects_after_a_bye_event_and_keeps_counting()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        Hub.SayGoodbye(retryMs: 100);
        await Hub.CameAsync(2, TestContext.Current.CancellationToken);
        Hub.Publish("a");
        await Expect(Badge(0)).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task Badge_keeps_its_count_over_a_page_load_and_adds_notifications_published_meanwhile()
    {
        const string body = "<notify-badge topics='a'></notify-badge>";
        await OpenAsync(body);
        await PublishUntilSeenAsync("a", Badge(0));
        await Page.GotoAsync($"{Site.Address}/elsewhere");
        Hub.Publish("a", 2);
        await OpenAsync(body);
        await Expect(Badge(0)).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task Retracting_an_unread_notification_lowers_the_count_once_and_an_update_changes_nothing()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        var first = Hub.IdOf();
        Hub.Publish("a", 2);
        await Expect(Badge(0)).ToHaveTextAsync("3");
        Hub.Update("a", first);
        Hub.Retract("a", first);
        Hub.Retract("a", first);
        await Expect(Badge(0)).ToHaveTextAsync("2");
        await Page.EvaluateAsync("document.querySelector('notify-badge').clear()");
        await Expect(Badge(0)).ToBeHiddenAsync();
        Hub.Retract("a", Hub.IdOf(3));
        Hub.Publish("a");
        await Expect(Badge(0)).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Notification_retracted_between_two_page_loads_is_not_counted_after_the_second()
    {
        const string body = "<notify-badge topics='a'></notify-badge>";
        await OpenAsync(body);
        await PublishUntilSeenAsync("a", Badge(0));
        var first = Hub.IdOf();
        Hub.Publish("a", 2);
        await Expect(Badge(0)).ToHaveTextAsync("3");
        await Page.GotoAsync($"{Site.Address}/elsewhere");
        Hub.Retract("a", first);
        await OpenAsync(body);
        await Expect(Badge(0)).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task Subscriber_receives_notifications_updates_and_retracts_in_stream_order()
    {
        await Page.GotoAsync(Site.Address);
        await Page.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              const said = what => batch => batch.forEach(n => heard.push(`${what} ${n.id}`));
              globalThis.heard = [];
              subscribe({ topics: ['a'], onNotifications: said('new'), onUpdates: said('updated'), onRetracts: said('over'),
                onCursor: cursor => { globalThis.cursor = cursor; }, onState: s => { globalThis.line = s.status; } });
            }
            """);
        await Page.WaitForFunctionAsync("() => globalThis.line === 'live'");
        Hub.Publish("a");
        Hub.Update("a", "fake-101");
        Hub.Publish("a");
        Hub.Retract("a", "fake-101");
        await Page.WaitForFunctionAsync("() => globalThis.cursor === 'fake-104'");
        Assert.Equal("new fake-101, updated fake-101, new fake-103, over fake-101", await Page.EvaluateAsync<string>("() => heard.join(', ')"));
    }

    [Fact]
    public async Task Counts_are_fetched_again_when_mute_rules_arrive_after_the_notification_they_mute()
    {
        const string counts = """{"countsAt":"fake-AT","unseen":1,"unread":1,"topics":{"broadcast":{"unseen":0,"unread":0},"users/alice":{"unseen":1,"unread":1}}}""";
        string Hello(string muted) => $"event: hub.hello\ndata: {{\"streamId\":\"s\",\"heartbeatSeconds\":15,\"recipient\":\"alice\",\"preferences\":{{\"muted\":{{\"topics\":[{muted}],\"types\":[]}},\"quietHours\":null,\"criticalBreaksThrough\":true}},\"counts\":{counts.Replace("AT", "100", StringComparison.Ordinal)}}}\n\n";
        const string notification = "event: hub.notification\nid: fake-101\ndata: {\"id\":\"fake-101\",\"type\":\"notification\",\"topics\":[\"broadcast\"],\"publishedAt\":\"2026-01-31T12:00:00Z\"}\n\n";
        string[] streams = [Hello("") + notification, Hello("\"broadcast\"")];
        var opened = 0;
        await Page.RouteAsync("**/sse-stream*", route => opened < streams.Length ? route.FulfillAsync(new() { ContentType = "text/event-stream", Body = streams[opened++] }) : route.AbortAsync());
        await Page.RouteAsync("**/notify-token", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"token":"t"}""" }));
        await Page.RouteAsync("**/api/stream-tickets", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"ticket":"t","recipient":"alice"}""" }));
        await Page.RouteAsync("**/api/inbox/counts", route => route.FulfillAsync(new() { ContentType = "application/json", Body = counts.Replace("AT", "101", StringComparison.Ordinal) }));
        await OpenAsync("<notify-badge token-url='/notify-token'></notify-badge>");
        await Page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').some(r => r.name.endsWith('/api/inbox/counts'))");
        await Expect(Badge(0)).ToHaveTextAsync("1");
    }
}
