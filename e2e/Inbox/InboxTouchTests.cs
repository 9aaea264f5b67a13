using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>The inbox on a phone: compact rows, nothing over anything else, and targets that a finger hits.</summary>
public sealed class InboxTouchTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    private const int MaxRowHeight = 90;
    private const int MinTarget = 44;

    private const string Measure = """
        () => {
          const root = document.querySelector('notify-inbox').shadowRoot, box = e => e.getBoundingClientRect();
          const overlap = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
          const errors = [], rows = [...root.querySelectorAll('article')].filter(row => !row.querySelector('.day'));
          for (const row of rows) {
            const frame = box(row), name = row.ariaLabel.slice(0, 20);
            const parts = ['.sign', 'h4', 'p', '.meta', '.tools', '.dot'].flatMap(s => [...row.querySelectorAll(s)]).map(e => [e.className || e.localName, box(e)]);
            if (frame.height > maxHeight) errors.push(`${name} is ${frame.height} px high`);
            for (const [part, b] of parts) {
              if (b.left < -0.5 || b.right > innerWidth + 0.5) errors.push(`${part} of ${name} is outside the window`);
              if (part !== 'tools' && (b.top < frame.top || b.bottom > frame.bottom)) errors.push(`${part} of ${name} is outside the row`);
            }
            parts.forEach(([a, x], i) => parts.slice(i + 1).forEach(([b, y]) => { if (overlap(x, y)) errors.push(`${a} is over ${b} of ${name}`); }));
          }
          const targets = [...root.querySelectorAll('.tools button, .head button, [part=bell], .menu [role=menuitem], .menu input, .menu button')].filter(e => e.checkVisibility()).map(e => [e, box(e)]);
          for (const [e, b] of targets) if (b.width < minTarget || b.height < minTarget) errors.push(`${e.outerHTML.slice(0, 60)} is ${b.width} x ${b.height} px`);
          targets.forEach(([a, x], i) => targets.slice(i + 1).forEach(([b, y]) => { if (a.closest('.tools') && b.closest('.tools') && overlap(x, y)) errors.push('the buttons of two rows overlap'); }));
          if (document.documentElement.scrollWidth > innerWidth) errors.push('the page scrolls sideways');
          return [String(rows.length), ...errors];
        }
        """;

    [Theory]
    [InlineData(320, "")]
    [InlineData(390, "")]
    [InlineData(320, "dir=\"rtl\"")]
    public async Task Rows_on_a_phone_are_at_most_90_px_high_with_44_px_targets_and_no_overlaps(int width, string direction)
    {
        await Task.WhenAll(Enumerable.Range(1, 120).Select(i => PublishAsync($"Number {i}.")));
        var page = await OpenOnPhoneAsync(width, direction);
        await Expect(Badge(page)).ToHaveTextAsync("99+");
        await Bell(page).ClickAsync();
        await Expect(Rows(page).First).ToBeVisibleAsync();
        var found = await MeasureAsync(page);
        Assert.True(int.Parse(found[0], System.Globalization.CultureInfo.InvariantCulture) > 30);
        Assert.Empty(found[1..]);
        await page.ScreenshotAsync(new() { Path = $"TestResults/inbox-touch-{width}{(direction.Length > 0 ? "-rtl" : "")}.png" });
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    public async Task Row_on_a_phone_has_one_button_whose_menu_archives_and_marks_as_read_or_unread(int width)
    {
        await PublishAsync("First");
        await PublishAsync("Second");
        var page = await OpenOnPhoneAsync(width);
        await Bell(page).ClickAsync();
        await Expect(Row(page, "Second").GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
        await MenuAsync(page, "Second", "Mark as read");
        await Expect(Row(page, "Second")).ToHaveAccessibleNameAsync("Second");
        await MenuAsync(page, "Second", "Mark as unread");
        await Expect(Row(page, "Second")).ToHaveAccessibleNameAsync("Second, unread");
        await Row(page, "First").GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        Assert.Empty((await MeasureAsync(page))[1..]);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Archive" }).ClickAsync();
        await Expect(Row(page, "First")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(320, 12)]
    [InlineData(390, 101)]
    [InlineData(1280, 12)]
    [InlineData(1280, 101)]
    public async Task Badge_neither_covers_the_bell_nor_leaves_the_window_at_12_or_99_plus(int width, int count)
    {
        await Task.WhenAll(Enumerable.Range(1, count).Select(i => PublishAsync($"Number {i}")));
        var page = width < 1000 ? await OpenOnPhoneAsync(width) : await OpenInboxAsync();
        await Expect(Badge(page)).ToHaveTextAsync(count > 99 ? "99+" : $"{count}");
        await StillAsync(Badge(page));
        var (bell, badge) = ((await page.Locator("notify-inbox [part=bell] path").BoundingBoxAsync())!, (await Badge(page).BoundingBoxAsync())!);
        Assert.True(badge.X >= bell.X + bell.Width - 1, $"the bell ends at {bell.X + bell.Width}, the badge starts at {badge.X}");
        Assert.InRange(badge.X, 0, width - badge.Width);
    }

    [Fact]
    public async Task Hovered_row_shows_its_buttons_without_covering_its_dot_or_text()
    {
        await Hub.PublishAsync(new { topic = OwnTopic, title = "Short", @private = true });
        await PublishAsync("A title that is so long that it takes all of its two lines in the list and would run below the buttons if these were over it");
        var page = await OpenInboxAsync();
        await Bell(page).ClickAsync();
        foreach (var title in new[] { "Short", "A title" })
        {
            await Row(page, title).HoverAsync();
            var errors = await Row(page, title).EvaluateAsync<string[]>("""
                row => {
                  const box = e => e.getBoundingClientRect(), buttons = [...row.querySelectorAll('.tools button')].map(box);
                  const under = ['.dot', 'h4', 'time', '.meta bdi'].filter(s => buttons.some(b => {
                    const o = box(row.querySelector(s));
                    return o.left < b.right && b.left < o.right && o.top + 3 < b.bottom && b.top + 3 < o.bottom; // lines have space above and below their letters
                  }));
                  return [...under, ...buttons.filter(b => b.width < 24 || b.height < 24).map(b => `${b.width} x ${b.height}`)];
                }
                """);
            Assert.Empty(errors);
        }
    }

    private async Task<IPage> OpenOnPhoneAsync(int width, string direction = "") => await OpenInboxAsync(attributes: $"lang=\"en\" {direction}", before: async page =>
    {
        await page.SetViewportSizeAsync(width, 700);
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 700, ["deviceScaleFactor"] = 2, ["mobile"] = true });
        await device.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
        await device.SendAsync("Emulation.setEmulatedMedia", new() { ["features"] = new[] { new { name = "pointer", value = "coarse" }, new { name = "hover", value = "none" } } });
    });

    private static async Task MenuAsync(IPage page, string title, string item)
    {
        await Row(page, title).GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }

    private static async Task<string[]> MeasureAsync(IPage page)
    {
        Assert.True(await page.EvaluateAsync<bool>("() => matchMedia('(pointer: coarse)').matches"));
        return await page.EvaluateAsync<string[]>(Measure.Replace("maxHeight", $"{MaxRowHeight}", StringComparison.Ordinal).Replace("minTarget", $"{MinTarget}", StringComparison.Ordinal));
    }
}
