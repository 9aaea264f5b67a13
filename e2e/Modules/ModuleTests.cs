using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>The browser modules alone, in a real browser, against a hub that fails on command.</summary>
public sealed class ModuleTests(Browsers browsers) : IAsyncLifetime
{
    private readonly FakeHub _hub = new();
    private readonly Site _site = new();
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _page = await browsers.Chromium.NewPageAsync();
        await _page.AddInitScriptAsync(_hub.Script);
    }

    [Fact]
    public async Task Badges_of_one_page_share_one_request_for_all_their_topics()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge><notify-badge topics='b c'></notify-badge><notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("c", Badge(1));
        Assert.Equal("?topic=a&topic=b&topic=c&envelope=1", Assert.Single(_hub.Requests).Query);
        await Expect(Badge(0)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_badge_counts_shows_its_max_and_clears()
    {
        await OpenAsync("<notify-badge topics='a' label='unread messages'>Mail</notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        _hub.Publish("a", 200);
        await Expect(Badge(0)).ToHaveTextAsync("99+");
        await Expect(_page.GetByRole(AriaRole.Status)).ToHaveTextAsync("more than 99 unread messages", new() { Timeout = 7_000 });
        await _page.EvaluateAsync("document.querySelector('notify-badge').clear()");
        await Expect(Badge(0)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_cut_line_loses_nothing_and_repeats_nothing()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        _hub.Cut();
        _hub.Publish("a", 5);
        await Expect(Badge(0)).ToHaveTextAsync("6");
        Assert.Contains("last_event_id=fake-101", _hub.Requests.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_does_not_end_it()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        _hub.Refuses = true;
        _hub.Cut();
        await _hub.CameAsync(3, TestContext.Current.CancellationToken);
        _hub.Publish("a");
        _hub.Refuses = false;
        await Expect(Badge(0)).ToHaveTextAsync("2", new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task A_goodbye_is_answered_after_the_time_it_names()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        _hub.SayGoodbye(retryMs: 100);
        await _hub.CameAsync(2, TestContext.Current.CancellationToken);
        _hub.Publish("a");
        await Expect(Badge(0)).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task A_reload_keeps_the_count_and_brings_what_came_meanwhile()
    {
        const string body = "<notify-badge topics='a'></notify-badge>";
        await OpenAsync(body);
        await PublishUntilSeenAsync("a", Badge(0));
        await _page.GotoAsync($"{_site.Address}/elsewhere");
        _hub.Publish("a", 2);
        await OpenAsync(body);
        await Expect(Badge(0)).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task What_is_taken_back_while_unread_is_not_counted_any_more_and_an_update_counts_nothing()
    {
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        var first = _hub.IdOf();
        _hub.Publish("a", 2);
        await Expect(Badge(0)).ToHaveTextAsync("3");
        _hub.Update("a", first);
        _hub.Retract("a", first);
        _hub.Retract("a", first);
        await Expect(Badge(0)).ToHaveTextAsync("2");
        await _page.EvaluateAsync("document.querySelector('notify-badge').clear()");
        await Expect(Badge(0)).ToBeHiddenAsync();
        _hub.Retract("a", _hub.IdOf(3));
        _hub.Publish("a");
        await Expect(Badge(0)).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task What_is_taken_back_between_two_loads_of_the_page_is_not_counted_after_the_second()
    {
        const string body = "<notify-badge topics='a'></notify-badge>";
        await OpenAsync(body);
        await PublishUntilSeenAsync("a", Badge(0));
        var first = _hub.IdOf();
        _hub.Publish("a", 2);
        await Expect(Badge(0)).ToHaveTextAsync("3");
        await _page.GotoAsync($"{_site.Address}/elsewhere");
        _hub.Retract("a", first);
        await OpenAsync(body);
        await Expect(Badge(0)).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task A_listener_hears_notifications_updates_and_retracts_in_the_order_of_the_stream()
    {
        await _page.GotoAsync(_site.Address);
        await _page.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              const said = what => batch => batch.forEach(n => heard.push(`${what} ${n.id}`));
              globalThis.heard = [];
              subscribe({ topics: ['a'], onNotifications: said('new'), onUpdates: said('updated'), onRetracts: said('over'),
                onCursor: cursor => { globalThis.cursor = cursor; }, onState: s => { globalThis.line = s.status; } });
            }
            """);
        await _page.WaitForFunctionAsync("() => globalThis.line === 'live'");
        _hub.Publish("a");
        _hub.Update("a", "fake-101");
        _hub.Publish("a");
        _hub.Retract("a", "fake-101");
        await _page.WaitForFunctionAsync("() => globalThis.cursor === 'fake-104'");
        Assert.Equal("new fake-101, updated fake-101, new fake-103, over fake-101", await _page.EvaluateAsync<string>("() => heard.join(', ')"));
    }

    [Fact]
    public async Task What_arrives_before_the_rules_that_mute_it_is_counted_by_the_hub_again()
    {
        const string counts = """{"countsAt":"fake-AT","unseen":1,"unread":1,"topics":{"broadcast":{"unseen":0,"unread":0},"users/alice":{"unseen":1,"unread":1}}}""";
        string Hello(string muted) => $"event: hub.hello\ndata: {{\"streamId\":\"s\",\"heartbeatSeconds\":15,\"recipient\":\"alice\",\"preferences\":{{\"muted\":{{\"topics\":[{muted}],\"types\":[]}},\"quietHours\":null,\"criticalBreaksThrough\":true}},\"counts\":{counts.Replace("AT", "100", StringComparison.Ordinal)}}}\n\n";
        const string notification = "event: hub.notification\nid: fake-101\ndata: {\"id\":\"fake-101\",\"type\":\"notification\",\"topics\":[\"broadcast\"],\"publishedAt\":\"2026-01-31T12:00:00Z\"}\n\n";
        string[] streams = [Hello("") + notification, Hello("\"broadcast\"")];
        var opened = 0;
        await _page.RouteAsync("**/sse-stream*", route => opened < streams.Length ? route.FulfillAsync(new() { ContentType = "text/event-stream", Body = streams[opened++] }) : route.AbortAsync());
        await _page.RouteAsync("**/notify-token", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"token":"t"}""" }));
        await _page.RouteAsync("**/api/stream-tickets", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"ticket":"t","recipient":"alice"}""" }));
        await _page.RouteAsync("**/api/inbox/counts", route => route.FulfillAsync(new() { ContentType = "application/json", Body = counts.Replace("AT", "101", StringComparison.Ordinal) }));
        await OpenAsync("<notify-badge token-url='/notify-token'></notify-badge>");
        await _page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').some(r => r.name.endsWith('/api/inbox/counts'))");
        await Expect(Badge(0)).ToHaveTextAsync("1");
    }

    private ILocator Badge(int at) => _page.Locator("notify-badge").Nth(at).Locator("[part=badge]");

    private async Task OpenAsync(string body)
    {
        await _page.GotoAsync(_site.Address);
        await _page.EvaluateAsync("async body => { document.querySelector('main').innerHTML = body; await import(`${hubAddress}shared/notify-badge.js`); }", body);
    }

    /// <summary>The first one only once the stream is open: what is published before is not meant for it.</summary>
    private async Task PublishUntilSeenAsync(string topic, ILocator badge)
    {
        await _hub.CameAsync(1, TestContext.Current.CancellationToken);
        await _page.WaitForFunctionAsync("async () => { const { unread } = await import(`${hubAddress}shared/notification-source.js`); const probe = unread({ topics: [document.querySelector('notify-badge').topics] }); const { status } = probe.state; probe.close(); return status === 'live'; }");
        _hub.Publish(topic);
        await Expect(badge).ToHaveTextAsync("1");
    }

    public async ValueTask DisposeAsync()
    {
        await _page.Context.CloseAsync();
        await _site.DisposeAsync();
        await _hub.DisposeAsync();
    }
}
