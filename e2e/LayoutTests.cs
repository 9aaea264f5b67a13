using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>No page is wider than its window, however long what people named themselves.</summary>
public sealed class LayoutTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("Hohenstein", 12)), Words = string.Join(' ', Enumerable.Repeat("warehouse", 5));

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    [InlineData(320)]
    public async Task Pages_with_very_long_texts_do_not_scroll_sideways(int width)
    {
        await Hub.PublishAsync(new { topic = $"stores/{Long}", title = Long, body = Long, severity = "critical", tags = new[] { "parcel" } });
        await Hub.PublishAsync(new { topic = "stores/1", type = "ping", data = Long });
        var page = await OpenWindowAsync("/sign-in");
        await page.SetViewportSizeAsync(width, 844);
        // A refused name stands in the audit.
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Words);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("no ferry at all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByText("Name or password is wrong.")).ToBeVisibleAsync();
        await CheckAsync(page, "sign-in");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(OperatorName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(OperatorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Long }).First).ToBeVisibleAsync();
        await CheckAsync(page, "overview");

        await page.GotoAsync("/compose");
        await Expect(Live(page)).ToBeVisibleAsync();
        await ComposeAsync(page, "stores/1", Long);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Recently fired" }).ClickAsync();
        await Expect(page.GetByText("All in History")).ToBeVisibleAsync();
        await CheckAsync(page, "compose, with the last ones");
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FillAsync(Long);
        await page.GetByText("Further topics, icon, tags").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tags" }).FillAsync(Long);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Tags" })).ToBeVisibleAsync();
        await CheckAsync(page, "compose");

        await page.GotoAsync("/history");
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Long, Exact = true }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page, "history, with the drawer");

        await page.GotoAsync("/access/keys");
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(Words);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Topics" }).FillAsync($"orders/*\nstores/:id/stock\nsensors/*\n{Long}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = $"The key “{Words}”" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = Words }).First).ToBeVisibleAsync();
        await CheckAsync(page, "keys");

        foreach (var address in new[] { "/audit", "/scheduled", "/access/operators", "/account", "/demo", "/shared/badge-demo.html", "/refused/403" })
        {
            await page.GotoAsync(address);
            if (address == "/audit") await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = Words }).First).ToBeVisibleAsync();
            await CheckAsync(page, address);
        }
    }

    [Fact]
    public async Task Menu_of_the_last_operator_row_is_fully_visible_on_a_phone()
    {
        var page = await OpenSignedInAsync("/access/operators");
        // A phone is as narrow from the start: a click while a window is made narrower may meet what moves.
        await page.SetViewportSizeAsync(390, 844);
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByLabel($"What to do with {OperatorName}").ClickAsync();
        // Above the tabs, which a click beside the menu gives back.
        foreach (var item in await page.GetByRole(AriaRole.Menuitem).AllAsync()) await item.ClickAsync(new() { Trial = true });
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Disable…" })).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    private static async Task CheckAsync(IPage page, string what)
    {
        var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{what}: {over} px wider than the window");
    }

    // The password that is wrong on purpose, and the refusal that is looked at.
    protected override bool IsExpected(string error) => error.Contains("Failed to load resource", StringComparison.Ordinal);
}
