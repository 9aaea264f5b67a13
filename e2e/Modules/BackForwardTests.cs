using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>A page that is left and come back to as it was: the browser keeps it, frozen, only if it holds neither stream nor lock.</summary>
public sealed class BackForwardTests : IAsyncLifetime
{
    private readonly FakeHub _hub = new();
    private readonly Site _site = new();
    private IBrowser _chromium = null!;
    private IBrowserContext _browser = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _chromium = await Browsers.LaunchChromiumAsync(whole: true, "--disable-back-forward-cache");
        _browser = await _chromium.NewContextAsync();
        await _browser.AddInitScriptAsync(_hub.Script);
    }

    [Fact]
    public async Task Page_frozen_in_the_back_forward_cache_hands_over_the_stream_and_catches_up_when_shown()
    {
        var left = await OpenAsync();
        var other = await OpenAsync();
        _hub.Publish("a", 2);
        await HeardAsync(left, 2);
        await HeardAsync(other, 2);
        // The one that leads is left.
        await left.GotoAsync($"{_site.Address}/elsewhere");
        await _hub.CameAsync(2, Cancellation);
        _hub.Publish("a", 3);
        await HeardAsync(other, 5);
        var devtools = await _browser.NewCDPSessionAsync(left);
        await devtools.SendAsync("Page.enable");
        await left.EvaluateAsync("() => { history.back(); }");
        await HeardAsync(left, 5);
        Assert.True(await left.EvaluateAsync<bool>("() => globalThis.kept"), "The browser did not keep the page.");
        _hub.Publish("a");
        foreach (var page in new[] { left, other })
        {
            await HeardAsync(page, 6);
            Assert.Equal("fake-101,fake-102,fake-103,fake-104,fake-105,fake-106", await page.EvaluateAsync<string>("() => heard.join()"));
        }
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(_site.Address);
        await page.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              globalThis.heard = [];
              addEventListener('pageshow', event => { globalThis.kept = event.persisted; });
              subscribe({ topics: ['a'], onNotifications: batch => heard.push(...batch.map(n => n.id)), onState: state => { globalThis.line = state.status; } });
            }
            """);
        await page.WaitForFunctionAsync("() => globalThis.line === 'live'");
        return page;
    }

    private static async Task HeardAsync(IPage page, int count) => await page.WaitForFunctionAsync("count => globalThis.heard?.length >= count", count);

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _site.DisposeAsync();
        await _hub.DisposeAsync();
    }
}
