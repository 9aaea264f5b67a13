using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>The count in the title and on the app's icon, in pages that have plans of their own for both.</summary>
public sealed class TitleTests(Browsers browsers) : ModuleTest(browsers)
{
    [Fact]
    public async Task Page_that_restores_its_own_title_keeps_that_title_and_stays_responsive()
    {
        await OpenAsync("<notify-badge topics='a' also='title'></notify-badge>");
        await Page.EvaluateAsync("""
            () => {
              globalThis.restored = 0;
              document.title = 'Mine';
              new MutationObserver(() => { if (document.title !== 'Mine') { restored++; document.title = 'Mine'; } }).observe(document.querySelector('title'), { childList: true });
            }
            """);
        await PublishUntilSeenAsync("a", Badge(0));
        // A tab whose microtasks never end answers nothing.
        await Page.WaitForFunctionAsync("() => restored > 0");
        var rounds = await Page.EvaluateAsync<int>("() => new Promise(done => { let last = -1; const look = setInterval(() => { if (restored === last) { clearInterval(look); done(restored); } last = restored; }, 100); })");
        Assert.InRange(rounds, 1, 10);
        await Expect(Page).ToHaveTitleAsync("Mine");
    }

    [Theory]
    [InlineData("(2026) Annual report")]
    [InlineData("(1) first aid")]
    [InlineData("")]
    public async Task Clearing_the_badge_restores_the_pages_own_title_unchanged(string title)
    {
        await OpenAsync("<notify-badge topics='a' also='title'></notify-badge>");
        await Page.EvaluateAsync("title => { document.title = title; }", title);
        await PublishUntilSeenAsync("a", Badge(0));
        await Expect(Page).ToHaveTitleAsync($"(1) {title}".Trim());
        Hub.Publish("a");
        await Expect(Page).ToHaveTitleAsync($"(2) {title}".Trim());
        await Page.EvaluateAsync("document.querySelector('notify-badge').clear()");
        await Expect(Page).ToHaveTitleAsync(title);
    }

    [Fact]
    public async Task Page_that_appends_to_the_counted_title_gets_a_single_count_prefix()
    {
        await OpenAsync("<notify-badge topics='a' also='title'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        await Expect(Page).ToHaveTitleAsync("(1) page");
        await Page.EvaluateAsync("() => { document.title += ' *'; }");
        Hub.Publish("a");
        await Expect(Page).ToHaveTitleAsync("(2) page *");
    }

    [Fact]
    public async Task Page_that_restores_an_earlier_counted_title_gets_a_single_count_prefix()
    {
        await OpenAsync("<notify-badge topics='a' also='title'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        await Expect(Page).ToHaveTitleAsync("(1) page");
        await Page.EvaluateAsync("() => { globalThis.kept = document.title; document.title = 'A dialog'; }");
        Hub.Publish("a");
        await Expect(Page).ToHaveTitleAsync("(2) A dialog");
        await Page.EvaluateAsync("() => { document.title = kept; }");
        await Expect(Page).ToHaveTitleAsync("(2) page");
    }

    [Fact]
    public async Task Badge_not_configured_for_the_app_badge_leaves_the_app_badge_untouched()
    {
        await Page.AddInitScriptAsync("globalThis.calls = []; navigator.setAppBadge = async count => { calls.push(count); }; navigator.clearAppBadge = async () => { calls.push('clear'); };");
        await OpenAsync("<notify-badge topics='a' also='title'></notify-badge>");
        await PublishUntilSeenAsync("a", Badge(0));
        await Expect(Page).ToHaveTitleAsync("(1) page");
        await Page.EvaluateAsync("document.querySelector('notify-badge').clear()");
        await Expect(Page).ToHaveTitleAsync("page");
        Assert.Empty(await Page.EvaluateAsync<string[]>("() => calls"));
    }
}
