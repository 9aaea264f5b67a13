using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>What the element takes from the page around it: forced colours, another document, and whether it may sound.</summary>
public sealed class InboxPageTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    private const string Colours = """
        () => {
          const root = document.querySelector('notify-inbox').shadowRoot, style = selector => getComputedStyle(root.querySelector(selector));
          const background = getComputedStyle(document.documentElement).backgroundColor.replace('rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)');
          return {
            background, badge: style('[part=badge]').backgroundColor, badgeText: style('[part=badge]').color, dot: style('.unread .dot').backgroundColor,
            edge: style('dialog').borderTopStyle, edgeColour: style('dialog').borderTopColor, chosen: style('[role=tab][aria-selected=true]').borderBottomColor, other: style('[role=tab][aria-selected=false]').borderBottomColor,
          };
        }
        """;

    // Playwright's own evaluations count as gestures, so the page tells of its first click itself.
    private const string CountContexts = """
        globalThis.contexts = 0;
        globalThis.AudioContext = class extends AudioContext { constructor() { super(); contexts++; } };
        let clicked = false;
        addEventListener('pointerdown', () => { clicked = true; }, true);
        Object.defineProperty(navigator, 'userActivation', { get: () => ({ hasBeenActive: clicked }) });
        """;

    [Fact]
    public async Task Forced_colours_keep_dot_edges_badge_and_chosen_tab_visible()
    {
        await PublishAsync("One");
        var page = await OpenInboxAsync(before: page => page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce }));
        await Expect(Badge(page)).ToHaveTextAsync("1");
        await page.ScreenshotAsync(new() { Path = "TestResults/inbox-forced-closed.png" });
        await Bell(page).ClickAsync();
        await Expect(Row(page, "One")).ToBeVisibleAsync();
        var colours = await page.EvaluateAsync<Dictionary<string, string>>(Colours);
        await page.ScreenshotAsync(new() { Path = "TestResults/inbox-forced-open.png" });
        foreach (var part in new[] { "badge", "dot", "edgeColour", "chosen" }) Assert.NotEqual(colours["background"], colours[part]);
        Assert.NotEqual(colours["badge"], colours["badgeText"]);
        Assert.NotEqual(colours["chosen"], colours["other"]);
        Assert.Equal("solid", colours["edge"]);
    }

    [Fact]
    public async Task Inbox_that_another_document_adopts_keeps_its_style_and_works_there()
    {
        await PublishAsync("One");
        var page = await OpenInboxAsync();
        await Expect(Badge(page)).ToHaveTextAsync("1");
        const string height = "() => getComputedStyle((document.querySelector('iframe')?.contentDocument ?? document).querySelector('notify-inbox').shadowRoot.querySelector('[part=badge]')).height";
        var before = await page.EvaluateAsync<string>(height);
        await page.EvaluateAsync("""
            () => {
              const frame = document.createElement('iframe');
              frame.width = frame.height = 500;
              document.body.append(frame);
              frame.contentDocument.body.append(frame.contentDocument.adoptNode(document.querySelector('notify-inbox')));
            }
            """);
        var frame = page.FrameLocator("iframe");
        await Expect(frame.Locator("[part=badge]")).ToHaveTextAsync("1");
        Assert.Equal(before, await page.EvaluateAsync<string>(height));
        await frame.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notifications") }).ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Dialog)).ToHaveCSSAsync("position", "fixed");
        await frame.GetByRole(AriaRole.Article).HoverAsync();
        await frame.GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await Expect(frame.Locator(".menu")).ToHaveCSSAsync("position", "fixed");
        // And home again.
        await page.EvaluateAsync("() => document.querySelector('header').append(document.querySelector('iframe').contentDocument.querySelector('notify-inbox'))");
        await page.EvaluateAsync("() => document.querySelector('iframe').remove()");
        await Bell(page).ClickAsync();
        await Expect(Row(page, "One")).ToHaveCSSAsync("display", "grid");
    }

    [Fact]
    public async Task Badge_that_another_document_adopts_keeps_its_style()
    {
        await PublishAsync("One");
        var page = await OpenInboxAsync();
        await page.EvaluateAsync("""
            async () => {
              await import(`${hubAddress}shared/notify-badge.js`);
              const badge = document.createElement('notify-badge');
              badge.tokenUrl = '/notify-token';
              document.body.append(badge, document.createElement('iframe'));
            }
            """);
        await Expect(page.Locator("notify-badge [part=badge]")).ToHaveTextAsync("1");
        await page.EvaluateAsync("() => { const { body } = document.querySelector('iframe').contentDocument; body.append(body.ownerDocument.adoptNode(document.querySelector('notify-badge'))); }");
        var badge = page.FrameLocator("iframe").Locator("[part=badge]");
        await Expect(badge).ToHaveTextAsync("1");
        await Expect(badge).ToHaveCSSAsync("background-color", "rgb(225, 18, 48)");
    }

    [Fact]
    public async Task Sound_before_the_first_click_is_skipped_without_a_console_warning()
    {
        var logged = new List<string>();
        var page = await OpenInboxAsync("<notify-inbox token-url=\"/notify-token\" sound=\"on\"></notify-inbox>", before: async page =>
        {
            page.Console += (_, message) =>
            {
                lock (logged) logged.Add(message.Text);
            };
            await page.AddInitScriptAsync(CountContexts);
        });
        await PublishAsync("Too early");
        await Expect(Toast(page, "Too early")).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("contexts"));
        await page.GetByRole(AriaRole.Main).ClickAsync();
        await PublishAsync("Now");
        await Expect(Toast(page, "Now")).ToBeVisibleAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("contexts"));
        lock (logged) Assert.DoesNotContain(logged, text => text.Contains("AudioContext", StringComparison.Ordinal));
    }

    private static ILocator Toast(IPage page, string title) => page.GetByRole(AriaRole.Region).GetByRole(AriaRole.Group, new() { Name = title });
}
