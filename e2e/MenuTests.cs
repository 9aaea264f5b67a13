using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What opens above a page closes by one Escape, whichever way it was opened. The operator of this hub fires nothing.</summary>
public sealed class MenuTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    [Fact]
    public async Task One_Escape_closes_a_menu_opened_by_mouse_and_leaves_the_drawer_open()
    {
        await Hub.PublishAsync(new { topic = "menus", title = "Menu" });
        var page = await OpenSignedInAsync("/history?topic=menus");
        // Wide enough for the drawer to leave the button free.
        await page.SetViewportSizeAsync(2600, 900);
        await Button(page, "Menu").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeFocusedAsync();
        await Button(page, "Columns").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Tags" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Tags" })).ToBeHiddenAsync();
        await Expect(Button(page, "Columns")).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task One_Escape_closes_an_empty_menu()
    {
        var page = await OpenSignedInAsync("/compose");
        // The page is rendered once more when it has counted its audience; on a loaded server, a click at that moment found its handler gone.
        await Expect(page.GetByText("Nobody is connected to the default topic now.")).ToBeVisibleAsync();
        await Button(page, "Recently fired").ClickAsync();
        await Expect(page.GetByText("You have not fired anything yet.")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByText("You have not fired anything yet.")).ToBeHiddenAsync();
        await Expect(Button(page, "Recently fired")).ToBeFocusedAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
