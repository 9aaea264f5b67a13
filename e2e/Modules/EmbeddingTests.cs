using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>The badge in pages that a hub does not know: other origins, strict policies, frames without storage.</summary>
public sealed class EmbeddingTests(Browsers browsers) : ModuleTest(browsers)
{
    [Theory]
    [InlineData("<notify-badge topics='a'></notify-badge>")]
    [InlineData("<notify-badge topics='a' hub=''></notify-badge>")]
    public async Task Badge_without_a_hub_attribute_uses_the_hub_that_served_its_script(string element)
    {
        Site.Page("/page", $"<!doctype html><title>page</title><script type=module src={Hub.Address}shared/notify-badge.js></script>{element}");
        await Page.GotoAsync($"{Site.Address}/page");
        await PublishUntilSeenAsync("a", Badge(0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Hub_attribute_works_with_or_without_a_trailing_slash(string slash)
    {
        await OpenAsync($"<notify-badge topics='a' hub='{Hub.Address.TrimEnd('/')}{slash}'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
    }

    [Fact]
    public async Task Page_that_requires_trusted_types_shows_the_badge_in_title_and_icon_without_violations()
    {
        var violations = new List<string>();
        Page.Console += (_, message) => { if (message.Type == "error") violations.Add(message.Text); };
        Site.Page("/page", $"<!doctype html><title>page</title><script type=module src={Hub.Address}shared/notify-badge.js></script><notify-badge topics='a' also='title icon app'></notify-badge>",
            $"default-src 'none'; script-src {Hub.Address}; connect-src {Hub.Address}; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'");
        await Page.GotoAsync($"{Site.Address}/page");
        await PublishUntilSeenAsync("a", Badge(0));
        await Expect(Page).ToHaveTitleAsync("(1) page");
        await Expect(Page.Locator("link[rel=icon][href^='data:image/png']")).ToHaveCountAsync(1);
        Assert.Empty(violations);
    }

    [Fact]
    public async Task Badge_counts_in_a_sandboxed_frame_without_storage_or_locks()
    {
        Site.Page("/frame", $"<!doctype html><title>frame</title><script type=module src={Hub.Address}shared/notify-badge.js></script><notify-badge topics='a'></notify-badge>");
        Site.Page("/page", "<!doctype html><title>page</title><iframe sandbox='allow-scripts' src=/frame></iframe>");
        await Page.GotoAsync($"{Site.Address}/page");
        await CountsInAsync(Page.FrameLocator("iframe").Locator("notify-badge [part=badge]"));
    }

    [Theory]
    [InlineData("navigator.locks.request = async () => { throw new DOMException('denied', 'SecurityError'); };")]
    [InlineData("navigator.locks.request = () => { throw new DOMException('denied', 'SecurityError'); };")]
    [InlineData("globalThis.BroadcastChannel = class { constructor() { throw new DOMException('denied', 'SecurityError'); } };")]
    [InlineData("Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });")]
    public async Task Badge_counts_when_the_browser_denies_locks_broadcast_channels_or_storage(string refusal)
    {
        await Page.AddInitScriptAsync(refusal);
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await CountsInAsync(Badge(0));
    }

    [Fact]
    public async Task Public_page_blocked_from_the_local_network_logs_that_reason_and_not_AllowedOrigins()
    {
        // Chrome keeps a public page from loopback until the visitor allows it. Nobody can be asked in a headless browser.
        await using var chromium = await Browsers.LaunchChromiumAsync(whole: true);
        var page = await chromium.NewPageAsync();
        await page.AddInitScriptAsync(Hub.Script);
        var said = page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.StartsWith("NotifyDashboard:", StringComparison.Ordinal) });
        Site.Page("/page", "<!doctype html><title>page</title><main></main>", "treat-as-public-address");
        // From a package: what the hub serves is out of reach as well.
        foreach (var file in Directory.GetFiles(PublishedApp.Modules, "*.js"))
        {
            var module = await File.ReadAllTextAsync(file, Cancellation);
            Site.Answer($"/{Path.GetFileName(file)}", _ => new(module, "text/javascript"));
        }

        await page.GotoAsync($"{Site.Address}/page");
        await page.EvaluateAsync("async () => (await import('/notification-source.js')).subscribe({ hub: hubAddress })");
        var hint = (await said).Text;
        Assert.Contains("local network", hint, StringComparison.Ordinal);
        Assert.DoesNotContain("AllowedOrigins", hint, StringComparison.Ordinal);
    }

    private async Task CountsInAsync(ILocator badge)
    {
        await Hub.CameAsync(1, Cancellation);
        Hub.Publish("a");
        await Expect(badge).ToHaveTextAsync("1");
    }
}
