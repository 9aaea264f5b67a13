using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Windows as a zoom of 200 % leaves them, pages read from the right, and colours that the system gives.</summary>
public sealed class NarrowTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    private const int MostStops = 40;

    [Theory]
    [InlineData(640, 430)]
    [InlineData(320, 600)]
    [InlineData(1280, 600)]
    public async Task No_bar_covers_the_focused_element_in_Compose(int width, int height)
    {
        var page = await OpenSignedInAsync("/compose");
        await page.SetViewportSizeAsync(width, height);
        await page.GetByText("Further topics, icon, tags").ClickAsync();
        await page.GetByText("Fire it as a series").ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" }).FocusAsync();
        var covered = new List<string>();
        for (var i = 0; i < MostStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await CoveredAsync(page) is { } found) covered.Add(found);
        }
        Assert.Empty(covered);
    }

    [Fact]
    public async Task Schedule_date_field_is_not_clipped_in_a_320_px_window()
    {
        var page = await OpenSignedInAsync("/compose");
        await page.SetViewportSizeAsync(320, 600);
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule…" }).ClickAsync();
        var date = page.GetByRole(AriaRole.Textbox, new() { Name = "Date" });
        await Expect(date).ToBeFocusedAsync();
        await Expect(date).Not.ToHaveValueAsync("");
        Assert.True(await date.EvaluateAsync<bool>("field => field.scrollWidth <= field.clientWidth"));
    }

    [Fact]
    public async Task Right_to_left_layout_mirrors_the_navigation_and_the_drawer()
    {
        await Hub.PublishAsync(new { topic = "orders/1", title = "تم شحن الطرد" });
        var page = await OpenSignedInAsync("/history");
        await page.EvaluateAsync("() => { document.documentElement.dir = 'rtl'; }");
        var navigation = await BoxAsync(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }));
        var content = await BoxAsync(page.GetByRole(AriaRole.Heading, new() { Name = "History" }));
        Assert.True(navigation.X >= content.X + content.Width, "The navigation is right of the content.");
        await page.GetByRole(AriaRole.Button, new() { Name = "تم شحن الطرد" }).ClickAsync();
        var drawer = await BoxAsync(page.GetByRole(AriaRole.Dialog));
        Assert.Equal(0, drawer.X);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task Forced_colours_distinguish_selected_items_and_keep_button_borders()
    {
        var page = await OpenSignedInAsync("/compose");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        var navigation = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        Assert.NotEqual(await BackgroundAsync(navigation.GetByRole(AriaRole.Link, new() { Name = "History" })), await BackgroundAsync(navigation.GetByRole(AriaRole.Link, new() { Name = "Compose" })));
        var mode = page.GetByRole(AriaRole.Group, new() { Name = "What to fire" });
        Assert.NotEqual(await BackgroundAsync(mode.GetByText("Raw data")), await BackgroundAsync(mode.GetByText("Content")));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Fire Ctrl" })).ToHaveCSSAsync("border-top-style", "solid");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clear" })).ToHaveCSSAsync("border-top-style", "solid");
    }

    private static Task<string> BackgroundAsync(ILocator element) => element.EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor");

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator element)
    {
        // It slides in.
        await element.EvaluateAsync("async e => { await Promise.all(e.getAnimations().map(animation => animation.finished)); }");
        return (await element.BoundingBoxAsync())!;
    }

    /// <summary>What has the focus, unless its middle is the uppermost at its place.</summary>
    private static Task<string?> CoveredAsync(IPage page) => page.EvaluateAsync<string?>(
        """
        () => {
          const e = document.activeElement, frame = e.closest('.field, label') ?? e;
          if (!e.closest('main')) return null;
          const box = e.getBoundingClientRect();
          const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2);
          return top && (frame.contains(top) || top.contains(e)) && !top.matches('body, html') ? null : `${e.outerHTML.slice(0, 120)} at ${box.top}, under ${top?.outerHTML.slice(0, 80)}`;
        }
        """);
}
