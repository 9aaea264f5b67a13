using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>What is heard and seen of the element: sound, toasts, times, icons, theming, and what a finger hits.</summary>
public sealed class InboxLookTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    private const string WithSound = "<notify-inbox token-url=\"/notify-token\" sound=\"on\"></notify-inbox>";

    // Counts the tones that the page starts.
    private const string Listen = "globalThis.tones = 0; const start = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (...at) { globalThis.tones++; return start.apply(this, at); };";

    [Fact]
    public async Task Sound_plays_only_if_enabled_and_only_for_new_notifications_while_the_panel_is_closed()
    {
        await PublishAsync("Before");
        var (silent, loud) = (await OpenInboxAsync(before: page => page.AddInitScriptAsync(Listen)), await OpenInboxAsync(WithSound, before: page => page.AddInitScriptAsync(Listen)));
        await Expect(Badge(loud)).ToHaveTextAsync("1");
        await loud.BringToFrontAsync();
        await loud.GetByRole(AriaRole.Main).ClickAsync(); // without a gesture the browser refuses sound
        await PublishAsync("Now");
        await Expect(Badge(loud)).ToHaveTextAsync("2");
        await Expect(Badge(silent)).ToHaveTextAsync("2");
        await Expect(Toast(loud, "Now")).ToBeVisibleAsync();
        Assert.Equal((1, 0), (await loud.EvaluateAsync<int>("tones"), await silent.EvaluateAsync<int>("tones")));
        // Nor for what it has before its eyes.
        await Bell(loud).ClickAsync();
        await PublishAsync("Seen at once");
        await Expect(Row(loud, "Seen at once")).ToBeVisibleAsync();
        Assert.Equal(1, await loud.EvaluateAsync<int>("tones"));
    }

    [Fact]
    public async Task Hidden_page_shows_no_toasts_and_plays_no_sound_but_its_badge_counts()
    {
        var page = await OpenInboxAsync(WithSound, before: page => page.AddInitScriptAsync(Listen));
        await HideAsync(page, true);
        for (var i = 1; i <= 5; i++) await PublishAsync($"Number {i}");
        await Expect(Badge(page)).ToHaveTextAsync("5");
        await HideAsync(page, false);
        await page.GetByRole(AriaRole.Main).ClickAsync(); // without a gesture the browser refuses sound
        await PublishAsync("Back");
        await Expect(Toast(page, "Back")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region).GetByRole(AriaRole.Group)).ToHaveCountAsync(1);
        Assert.Equal(1, await page.EvaluateAsync<int>("tones"));
    }

    [Fact]
    public async Task Relative_times_in_an_open_inbox_update_as_time_passes()
    {
        await PublishAsync("One");
        var page = await OpenInboxAsync(before: page => page.Clock.InstallAsync());
        await Bell(page).ClickAsync();
        await Expect(Row(page, "One").GetByRole(AriaRole.Time)).ToHaveTextAsync("now");
        await page.Clock.FastForwardAsync("02:30");
        await page.Clock.RunForAsync(20_000);
        await Expect(Row(page, "One").GetByRole(AriaRole.Time)).ToHaveTextAsync("2 min. ago");
    }

    [Fact]
    public async Task Icon_shows_its_picture_or_the_severity_shape_and_a_javascript_icon_is_refused()
    {
        foreach (var (title, icon) in new[] { ("Picture", $"{Hub.Address}/shared/mark.svg"), ("Missing", "/no/such.svg"), ("Bad", "javascript:alert(1)") })
        {
            using var answer = await Hub.AskToPublishAsync(new { topic = OwnTopic, title, icon, severity = "warning", @private = true });
            Assert.Equal(title != "Bad", answer.IsSuccessStatusCode);
        }
        var page = await OpenInboxAsync();
        await Bell(page).ClickAsync();
        await Expect(Row(page, "Picture").GetByRole(AriaRole.Img, new() { Name = "Warning" }).Locator("img")).ToHaveJSPropertyAsync("complete", true);
        await Expect(Row(page, "Missing").GetByRole(AriaRole.Img, new() { Name = "Warning" }).Locator("svg")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task CSS_custom_properties_and_parts_style_the_inbox()
    {
        await Hub.PublishAsync(new { topic = OwnTopic, title = "One", body = "About it.", @private = true });
        var page = await OpenInboxAsync();
        await page.EvaluateAsync("""
            () => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(`notify-inbox {
                --notify-inbox-surface: rgb(1, 2, 3); --notify-inbox-text: rgb(4, 5, 6); --notify-inbox-muted: rgb(7, 8, 9); --notify-inbox-line: rgb(10, 11, 12); --notify-inbox-accent: rgb(13, 14, 15);
                --notify-inbox-hover: rgb(16, 17, 18); --notify-inbox-radius: 3px; --notify-inbox-width: 333px; --notify-inbox-height: 444px; --notify-inbox-font: monospace; --notify-badge-background: rgb(19, 20, 21); }
                notify-inbox::part(bell), notify-inbox::part(badge), notify-inbox::part(panel), notify-inbox::part(header), notify-inbox::part(tabs), notify-inbox::part(list), notify-inbox::part(item), notify-inbox::part(toast) { outline: 7px solid rgb(22, 23, 24); }`);
              document.adoptedStyleSheets = [sheet];
            }
            """);
        await PublishAsync("Two");
        await Expect(Toast(page, "Two")).ToHaveCSSAsync("outline-width", "7px");
        await Expect(Badge(page)).ToHaveCSSAsync("background-color", "rgb(19, 20, 21)");
        await Expect(Badge(page)).ToHaveCSSAsync("outline-width", "7px");
        await Bell(page).ClickAsync();
        var (panel, row) = (Panel(page), Row(page, "One"));
        foreach (var (part, property, value) in new[]
        {
            (panel, "background-color", "rgb(1, 2, 3)"), (panel, "color", "rgb(4, 5, 6)"), (row.Locator("p").First, "color", "rgb(7, 8, 9)"), (panel.GetByRole(AriaRole.Tablist), "border-bottom-color", "rgb(10, 11, 12)"),
            (panel.GetByRole(AriaRole.Tab).First, "border-bottom-color", "rgb(13, 14, 15)"), (panel, "border-top-left-radius", "3px"), (panel, "width", "333px"), (panel, "height", "444px"), (panel, "font-family", "monospace"),
            (panel, "outline-width", "7px"), (panel.Locator("[part=header]").First, "outline-width", "7px"), (panel.GetByRole(AriaRole.Tablist), "outline-width", "7px"), (panel.GetByRole(AriaRole.Feed), "outline-width", "7px"), (row, "outline-width", "7px"),
        }) await Expect(part).ToHaveCSSAsync(property, value);
        await row.HoverAsync();
        await Expect(row).ToHaveCSSAsync("background-color", "rgb(16, 17, 18)");
    }

    [Theory]
    [InlineData("")]
    [InlineData("dir=\"rtl\"")]
    public async Task Badge_showing_99_plus_stays_inside_the_window(string direction)
    {
        await Task.WhenAll(Enumerable.Range(1, 101).Select(i => PublishAsync($"Number {i}")));
        var page = await OpenInboxAsync(attributes: $"lang=\"en\" {direction}");
        await page.EvaluateAsync("() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('header { display: flex; justify-content: end }'); document.adoptedStyleSheets = [sheet]; }");
        await Expect(Badge(page)).ToHaveTextAsync("99+");
        await StillAsync(Badge(page));
        var box = (await Badge(page).BoundingBoxAsync())!;
        Assert.InRange(box.X, 0, 1280 - box.Width);
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task Inbox_retries_a_module_that_failed_to_load_and_then_counts()
    {
        await PublishAsync("One");
        var asked = 0;
        var page = await OpenInboxAsync(before: page => page.RouteAsync("**/shared/identity.js*", route => asked++ < 2 ? route.AbortAsync() : route.ContinueAsync()));
        await Expect(Badge(page)).ToHaveTextAsync("1");
        Assert.True(asked > 2);
    }

    [Fact]
    public async Task Touch_targets_of_the_inbox_are_large_enough_on_a_phone()
    {
        await Hub.PublishAsync(new { topic = OwnTopic, title = "One", body = "About it.", url = "/one", actions = new[] { new { label = "Book", url = "/book" } }, @private = true });
        var page = await OpenInboxAsync(before: async page =>
        {
            await page.SetViewportSizeAsync(390, 700);
            var device = await page.Context.NewCDPSessionAsync(page);
            await device.SendAsync("Emulation.setEmulatedMedia", new() { ["features"] = new[] { new { name = "pointer", value = "coarse" }, new { name = "hover", value = "none" } } });
            await device.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
        });
        await Bell(page).ClickAsync();
        await Expect(Row(page, "One")).ToBeVisibleAsync();
        var small = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelector('notify-inbox').shadowRoot.querySelectorAll('button, a, input')].filter(e => e.checkVisibility() && getComputedStyle(e).display !== 'inline')
              .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.height < (e.closest('.tools, .head, [role=tablist], [part=bell]') ? 44 : 36) || r.width < 24).map(([e, r]) => `${e.outerHTML.slice(0, 90)} ${r.width} x ${r.height}`)
            """);
        Assert.Empty(small);
    }

    // An icon that is not there, and a stream that a page asleep has lost.
    protected override bool IsExpected(string error) => base.IsExpected(error) || error.Contains("/no/such.svg", StringComparison.Ordinal) || error.Contains("/api/presence", StringComparison.Ordinal);

    private static ILocator Toast(IPage page, string title) => page.GetByRole(AriaRole.Region).GetByRole(AriaRole.Group, new() { Name = title });

    private static async Task HideAsync(IPage page, bool hidden) => await page.EvaluateAsync("""
        hidden => {
          Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
          Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """, hidden);
}
