using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Finding what was fired, and doing it again.</summary>
public sealed partial class HistoryTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Filters_stand_in_the_address_and_survive_a_reload()
    {
        for (var i = 0; i < 3; i++) await Hub.PublishAsync(new { topic = $"orders/{i}", title = $"Your parcel {i} is delayed", severity = i == 0 ? "critical" : "info" });
        await Hub.PublishAsync(new { topic = "ferries", title = "The ferry runs again" });
        var page = await OpenSignedInAsync("/history");
        await Expect(Rows(page)).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Words" }).PressSequentiallyAsync("parc");
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await Expect(page).ToHaveURLAsync(new Regex(@"history\?q=parc$"));
        await page.GetByLabel("Severity").SelectOptionAsync("critical");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Words" })).ToHaveValueAsync("parc");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Topic" }).FillAsync("ferries");
        await Expect(page.GetByText("Asked for: “parc”, topic ferries, critical.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear all" }).First.ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(4);
        await Expect(page).ToHaveURLAsync(new Regex("history$"));
    }

    [Fact]
    public async Task The_drawer_shows_everything_walks_the_list_and_gives_the_focus_back()
    {
        await Hub.PublishAsync(new { topic = "orders/1", title = "First" });
        await Hub.PublishAsync(new { topic = new[] { "orders/2", "stores/1" }, title = "Second", body = "Two\nlines", tags = new[] { "parcel" }, data = new { a = 1 } });
        var page = await OpenSignedInAsync("/history");
        var second = page.GetByRole(AriaRole.Button, new() { Name = "Second" });
        var exact = page.GetByRole(AriaRole.Row).Filter(new() { Has = second }).GetByText(ExactTime());
        await Expect(exact).ToBeHiddenAsync();
        await second.FocusAsync();
        await Expect(exact).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        var drawer = page.GetByRole(AriaRole.Dialog, new() { Name = "Second" });
        await Expect(drawer).ToBeFocusedAsync();
        await Expect(drawer.GetByText(ExactTime())).ToBeVisibleAsync();
        await Expect(drawer.GetByText("stores/1", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(drawer.GetByText("event: notification").First).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"id=\w+-2"));
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "First" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "First" }).GetByRole(AriaRole.Button, new() { Name = "Newer one" }).ClickAsync();
        await Expect(drawer).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToHaveCountAsync(0);
        await Expect(second).ToBeFocusedAsync();
        await page.GotoAsync("/history?id=abcd0000-99");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Not in the history" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Fire_again_leads_to_Compose_with_everything_filled_in()
    {
        await Hub.PublishAsync(new { topic = "orders/1", title = "Your parcel is on its way" });
        var page = await OpenSignedInAsync("/history");
        await page.GetByRole(AriaRole.Button, new() { Name = "Your parcel is on its way" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Fire again" }).ClickAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("Your parcel is on its way");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).PressAsync("Control+Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open in History" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task The_copied_line_fires_the_same_again_whatever_stands_in_it()
    {
        const string awkward = "It's \"$HOME\" `id` \\ 100% & <b> ; 'done'";
        await Hub.PublishAsync(new { topic = new[] { "orders/1", "a b" }, title = awkward, body = "two\nlines", data = "it's" });
        var page = await OpenSignedInAsync("/history");
        await page.GetByRole(AriaRole.Button, new() { Name = awkward }).ClickAsync();
        var line = (await page.Locator("#curl").TextContentAsync())!;
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", line + " -sf -o /dev/null -m 10"]) { Environment = { ["KEY"] = HubProcess.ApiKey } })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = awkward })).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy as curl" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task New_ones_never_move_what_one_reads()
    {
        for (var i = 0; i < 40; i++) await Hub.PublishAsync(new { topic = "orders/1", title = $"Parcel {i}" });
        var page = await OpenSignedInAsync("/history");
        await Expect(Rows(page)).ToHaveCountAsync(40);
        var read = page.GetByRole(AriaRole.Button, new() { Name = "Parcel 12" });
        await read.ScrollIntoViewIfNeededAsync();
        await page.Mouse.WheelAsync(0, 200);
        await page.WaitForFunctionAsync("() => scrollY > 100");
        var before = await read.BoundingBoxAsync();
        for (var i = 0; i < 4; i++) await Hub.PublishAsync(new { topic = "orders/1", title = $"Late {i}" });
        var fresh = page.GetByRole(AriaRole.Button, new() { Name = "4 new" });
        await Expect(fresh).ToBeVisibleAsync();
        var after = await read.BoundingBoxAsync();
        Assert.Equal((before!.X, before.Y), (after!.X, after.Y));
        await Expect(Rows(page)).ToHaveCountAsync(40);

        await fresh.ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(44);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Late 3" })).ToBeInViewportAsync();
        // At the top they come by themselves.
        await Hub.PublishAsync(new { topic = "orders/1", title = "Live" });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Live", Exact = true })).ToBeVisibleAsync();
    }

    private static ILocator Rows(IPage page) => page.GetByRole(AriaRole.Table).Locator("tbody").GetByRole(AriaRole.Row);

    [GeneratedRegex(@"^\d+ \w+ \d{4}, \d\d:\d\d:\d\d \S+$")]
    private static partial Regex ExactTime();
}
