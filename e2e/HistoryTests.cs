using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Finding what was fired: all of it is counted, so that each test has a hub of its own.</summary>
public sealed class HistoryTests(Browsers browsers) : HubTest(browsers)
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
}
