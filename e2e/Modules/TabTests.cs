using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>Tabs of one browser share one stream, and pass it on when the one that holds it goes away.</summary>
public sealed class TabTests(Browsers browsers) : IAsyncLifetime
{
    private const int Burst = 500;
    private readonly FakeHub _hub = new();
    private readonly Site _site = new();
    private IBrowserContext _browser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _browser = await browsers.Chromium.NewContextAsync();
        await _browser.AddInitScriptAsync(_hub.Script);
    }

    [Fact]
    public async Task Two_tabs_share_one_request_for_the_topics_of_both()
    {
        var first = await OpenTabAsync("a");
        var second = await OpenTabAsync("b");
        await _hub.CameAsync(2, Cancellation); // the second one's topic is new
        await LiveAsync(second, opens: 2);
        _hub.Publish("a", 3);
        _hub.Publish("b", 2);
        await HeardAsync(first, 3);
        await HeardAsync(second, 2);
        Assert.Equal("?topic=a&topic=b&envelope=1&last_event_id=fake-100", _hub.Requests.Last().Query);
        var third = await OpenTabAsync("a");
        await LiveAsync(third, opens: 2);
        _hub.Publish("a");
        await HeardAsync(third, 1);
        await HeardAsync(first, 4);
        Assert.Equal(2, _hub.Requests.Count);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("crashed")]
    [InlineData("frozen")]
    public async Task Tabs_miss_and_repeat_nothing_when_the_leader_closes_crashes_or_freezes_in_a_burst(string how)
    {
        var leader = await OpenTabAsync("a");
        var other = await OpenTabAsync("a");
        await LiveAsync(other, opens: 1);
        _hub.Publish("a", Burst / 4);
        var end = EndAsync(leader, how);
        for (var i = Burst / 4; i < Burst; i++)
        {
            _hub.Publish("a");
            await Task.Delay(2, Cancellation);
        }
        await HeardAsync(other, Burst);
        Assert.True(await InOrderAsync(other));
        await end;
        if (how == "frozen")
        {
            // It wakes up, is no leader any more, and has missed nothing either.
            await HeardAsync(leader, Burst);
            Assert.True(await InOrderAsync(leader));
            _hub.Publish("a");
            await HeardAsync(leader, Burst + 1);
            await HeardAsync(other, Burst + 1);
        }
        Assert.Equal(2, _hub.Requests.Count);
    }

    [Fact]
    public async Task Late_subscriber_with_a_cursor_receives_the_notifications_after_its_cursor()
    {
        _hub.Publish("a", 3);
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(_site.Address);
        await page.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              globalThis.heard = [];
              subscribe({ topics: ['a'] });
              setTimeout(() => subscribe({ topics: ['a'], lastEventId: 'fake-101', onNotifications: batch => heard.push(...batch.map(n => n.id)) }), 51);
            }
            """);
        await HeardAsync(page, 2);
    }

    [Fact]
    public async Task Clearing_the_badge_in_one_tab_clears_it_in_the_other()
    {
        var (one, two) = (await OpenBadgeAsync(), await OpenBadgeAsync());
        _hub.Publish("a", 3);
        await Expect(Badge(one)).ToHaveTextAsync("3");
        await Expect(Badge(two)).ToHaveTextAsync("3");
        await one.EvaluateAsync("document.querySelector('notify-badge').clear()");
        await Expect(Badge(two)).ToBeHiddenAsync();
        _hub.Publish("a");
        await Expect(Badge(one)).ToHaveTextAsync("1");
        await Expect(Badge(two)).ToHaveTextAsync("1");
        Assert.Single(_hub.Requests);
    }

    [Fact]
    public async Task Topics_beyond_the_limit_of_100_are_logged_and_wait_until_others_are_released()
    {
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(_site.Address);
        var said = page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("at most 100 topics", StringComparison.Ordinal) });
        await page.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              const many = name => Array.from({ length: 60 }, (_, i) => `${name}${i}`);
              globalThis.heard = [];
              globalThis.first = subscribe({ topics: many('a'), onState: state => { globalThis.line = state; } });
              subscribe({ topics: many('b'), onNotifications: batch => heard.push(...batch.map(n => n.id)) });
            }
            """);
        Assert.Contains("b59", (await said).Text, StringComparison.Ordinal);
        await LiveAsync(page, opens: 1);
        await page.EvaluateAsync("() => first.close()");
        await _hub.CameAsync(2, Cancellation);
        Assert.Equal([60, 60], _hub.Requests.Select(request => request.Query.Split("topic=").Length - 1));
        _hub.Publish("b59");
        await HeardAsync(page, 1);
    }

    [Fact]
    public async Task Tabs_without_Web_Locks_open_a_stream_each_and_log_a_warning()
    {
        await _browser.AddInitScriptAsync("Object.defineProperty(navigator, 'locks', { value: undefined })");
        var said = _browser.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("plain HTTP", StringComparison.Ordinal) });
        var (one, two) = (await OpenTabAsync("a"), await OpenTabAsync("a"));
        await said;
        Assert.Equal(2, _hub.Requests.Count);
        _hub.Publish("a");
        await HeardAsync(one, 1);
        await HeardAsync(two, 1);
    }

    [Fact]
    public async Task Lock_request_denied_by_the_browser_is_not_repeated()
    {
        var page = await _browser.NewPageAsync();
        // As with all cookies blocked.
        await page.AddInitScriptAsync("globalThis.asked = 0; navigator.locks.request = async () => { asked++; throw new DOMException('denied', 'SecurityError'); };");
        await page.GotoAsync(_site.Address);
        await page.EvaluateAsync("async () => { const { subscribe } = await import(`${hubAddress}shared/notification-source.js`); subscribe({ topics: ['a'] }); }");
        await page.WaitForFunctionAsync("() => asked > 0");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => new Promise(done => setTimeout(() => done(asked)))"));
    }

    [Fact]
    public async Task Page_from_a_disallowed_origin_logs_the_hub_address_and_the_AllowedOrigins_setting()
    {
        await using var other = new FakeHub { AllowsOrigins = false };
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(_site.Address);
        var said = page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("Access:AllowedOrigins", StringComparison.Ordinal) });
        await page.EvaluateAsync("async hub => (await import(`${hubAddress}shared/notification-source.js`)).subscribe({ hub })", other.Address);
        Assert.Contains(other.Address.TrimEnd('/'), (await said).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unread_count_shows_in_the_title_and_icon_until_the_badge_is_cleared()
    {
        var page = await OpenBadgeAsync();
        await page.EvaluateAsync("() => { document.querySelector('notify-badge').also = 'title icon app'; }");
        _hub.Publish("a", 2);
        await Expect(page).ToHaveTitleAsync("(2) page");
        await Expect(page.Locator("link[rel=icon][href^='data:image/png']")).ToHaveCountAsync(1);
        await page.EvaluateAsync("() => { document.title = 'another page'; }");
        await Expect(page).ToHaveTitleAsync("(2) another page");
        await page.EvaluateAsync("() => document.querySelector('notify-badge').clear()");
        await Expect(page).ToHaveTitleAsync("another page");
        await Expect(page.Locator("link[rel=icon]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task App_badge_follows_the_count_and_is_cleared_when_the_element_is_removed()
    {
        // No installed app here: what the browser is told of it.
        await _browser.AddInitScriptAsync("globalThis.told = []; navigator.setAppBadge = async count => { told.push(count); }; navigator.clearAppBadge = async () => { told.push(0); };");
        var page = await OpenBadgeAsync();
        await page.EvaluateAsync("() => { document.querySelector('notify-badge').also = 'app'; }");
        _hub.Publish("a", 2);
        await page.WaitForFunctionAsync("() => told.at(-1) === 2");
        await page.EvaluateAsync("() => document.querySelector('notify-badge').clear()");
        await page.WaitForFunctionAsync("() => told.at(-1) === 0");
        _hub.Publish("a");
        await page.WaitForFunctionAsync("() => told.at(-1) === 1");
        await page.EvaluateAsync("() => document.querySelector('notify-badge').remove()");
        await page.WaitForFunctionAsync("() => told.at(-1) === 0");
    }

    [Fact]
    public async Task Replay_for_one_subscriber_is_not_repeated_to_the_other_subscribers()
    {
        var first = await OpenTabAsync("a");
        var second = await OpenTabAsync("a");
        _hub.Publish("a", 3);
        await HeardAsync(first, 3);
        await HeardAsync(second, 3);
        await second.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              globalThis.late = [];
              subscribe({ topics: ['a'], lastEventId: 'fake-101', onNotifications: batch => late.push(...batch.map(n => n.id)) });
            }
            """);
        await second.WaitForFunctionAsync("() => late.length === 2");
        Assert.Contains("last_event_id=fake-101", _hub.Requests.Last().Query, StringComparison.Ordinal);
        _hub.Publish("a");
        await second.WaitForFunctionAsync("() => late.join() === 'fake-102,fake-103,fake-104'");
        foreach (var tab in new[] { first, second })
        {
            await HeardAsync(tab, 4);
            Assert.True(await InOrderAsync(tab));
            Assert.Equal(4, await tab.EvaluateAsync<int>("() => heard.length"));
        }
    }

    private static Task EndAsync(IPage page, string how) => how switch
    {
        "closed" => page.CloseAsync(),
        "crashed" => CrashAsync(page),
        // Its thread stands still: nothing reaches it, and it lets go of nothing.
        _ => page.EvaluateAsync("() => { for (const end = Date.now() + 15000; Date.now() < end;); }"),
    };

    private static async Task CrashAsync(IPage page)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Crash += (_, _) => gone.TrySetResult();
        var devtools = await page.Context.NewCDPSessionAsync(page);
        _ = devtools.SendAsync("Page.crash"); // never answered
        await gone.Task.WaitAsync(Cancellation);
    }

    private async Task<IPage> OpenTabAsync(string topic)
    {
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(_site.Address);
        await page.EvaluateAsync("""
            async topic => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              globalThis.heard = [];
              subscribe({ topics: [topic], onNotifications: batch => heard.push(...batch.map(n => n.id)), onState: state => { globalThis.line = state; } });
            }
            """, topic);
        await LiveAsync(page, opens: 1);
        return page;
    }

    private async Task<IPage> OpenBadgeAsync()
    {
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(_site.Address);
        await page.EvaluateAsync("""
            async () => {
              const { unread } = await import(`${hubAddress}shared/notification-source.js`);
              unread({ topics: ['a'], onState: state => { globalThis.line = state; } });
              document.querySelector('main').innerHTML = '<notify-badge topics="a"></notify-badge>';
              await import(`${hubAddress}shared/notify-badge.js`);
            }
            """);
        await LiveAsync(page, opens: 1);
        return page;
    }

    private static ILocator Badge(IPage page) => page.Locator("notify-badge [part=badge]");

    private static async Task LiveAsync(IPage page, int opens) =>
        await page.WaitForFunctionAsync("opens => globalThis.line?.status === 'live' && globalThis.line.opens >= opens", opens);

    private static async Task HeardAsync(IPage page, int count) =>
        await page.WaitForFunctionAsync("count => globalThis.heard.length >= count", count);

    private static Task<bool> InOrderAsync(IPage page) =>
        page.EvaluateAsync<bool>("() => heard.every((id, at) => id === `fake-${101 + at}`)");

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        await _site.DisposeAsync();
        await _hub.DisposeAsync();
    }
}
