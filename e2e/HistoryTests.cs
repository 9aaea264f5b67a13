using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Finding what was fired: all of it is counted, so that each test has a hub of its own.</summary>
public sealed partial class HistoryTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Export_downloads_what_the_filters_match_and_the_page_stays()
    {
        await Hub.PublishAsync(new { topic = "export/1", title = "Parcel left Gothenburg" });
        await Hub.PublishAsync(new { topic = "other", title = "Ferry" });
        var page = await OpenSignedInAsync("/history?topic=export/*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV, for spreadsheets" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("Parcel left Gothenburg", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ferry", text, StringComparison.Ordinal);
        await Hub.PublishAsync(new { topic = "export/2", title = "Another" });
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Another" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task History_filters_are_kept_in_the_URL_and_survive_a_reload()
    {
        for (var i = 0; i < 3; i++) await Hub.PublishAsync(new { topic = $"orders/{i}", title = $"Your parcel {i} is delayed", severity = i == 0 ? "critical" : "info" });
        await Hub.PublishAsync(new { topic = "ferries", title = "The ferry runs again" });
        var page = await OpenSignedInAsync("/history");
        await Expect(Rows(page)).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Words" }).PressSequentiallyAsync("parc");
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await Expect(page).ToHaveURLAsync(new Regex(@"history\?q=parc$"));
        await Expect(page.GetByText("3 found")).ToBeVisibleAsync();
        await page.ChooseAsync("Severity", "Critical");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 found" })).ToBeVisibleAsync();
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
    public async Task New_rows_wait_behind_a_button_and_do_not_move_the_row_being_read()
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
        Assert.InRange((await fresh.BoundingBoxAsync())!.Height, 24, 48);
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

    [Fact]
    public async Task Twenty_new_rows_above_150_send_at_most_200_kB_and_move_neither_focus_nor_scroll()
    {
        const int most = 200_000;
        for (var i = 1; i <= 150; i++) await Hub.PublishAsync(new { topic = $"orders/{i}", title = $"Parcel {i}", body = "It should be with you tomorrow before noon." });
        var page = await OpenSignedInAsync("/history");
        var received = 0;
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Interlocked.Add(ref received, frame.Binary?.Length ?? frame.Text?.Length ?? 0);
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        foreach (var loaded in new[] { 50, 100 })
        {
            await Expect(Rows(page)).ToHaveCountAsync(loaded);
            await page.GetByRole(AriaRole.Button, new() { Name = "Show older ones" }).ClickAsync();
        }
        await Expect(Rows(page)).ToHaveCountAsync(150);
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        var read = page.GetByRole(AriaRole.Button, new() { Name = "Parcel 148", Exact = true });
        await read.FocusAsync();
        // Each is shown before the next is fired: twenty renders, not one.
        var before = Volatile.Read(ref received);
        Assert.NotEqual(0, before);
        for (var i = 1; i <= 20; i++)
        {
            await Hub.PublishAsync(new { topic = "orders/1", title = $"Late {i}", body = "It should be with you tomorrow before noon." });
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Late {i}", Exact = true })).ToBeVisibleAsync();
        }
        var sent = Volatile.Read(ref received) - before;
        await Expect(Rows(page)).ToHaveCountAsync(170);
        Assert.InRange(sent, 1, most);
        await Expect(read).ToBeFocusedAsync();
        Assert.Equal(0, await page.EvaluateAsync<double>("() => scrollY"));
    }

    [Fact]
    public async Task Columns_chosen_by_keyboard_or_mouse_are_in_the_server_rendered_HTML()
    {
        await Hub.PublishAsync(new { topic = "ferries", type = "position", data = new { lat = 59.3 } });
        var page = await OpenSignedInAsync("/history");
        await Expect(Heads(page)).ToHaveTextAsync(["Fired", "Title", "Topic", "By", "Written"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var type = page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Type" });
        await Expect(type).Not.ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Topic" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(type).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(type).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "By" }).ClickAsync();
        await Expect(Heads(page)).ToHaveTextAsync(["Fired", "Title", "Topic", "Type", "Written"]);
        await page.Keyboard.PressAsync("Escape");
        await Expect(type).ToBeHiddenAsync();
        // As the server sends it, before any script.
        var html = await (await page.APIRequest.GetAsync("/history")).TextAsync();
        Assert.Equal(["Fired", "Title", "Topic", "Type", "Written"], Head().Matches(html).Select(head => head.Groups[1].Value));
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(Heads(page)).ToHaveTextAsync(["Fired", "Title", "Topic", "Type", "Written"]);
    }

    [Fact]
    public async Task History_controls_on_a_phone_are_at_least_40_px_high_and_rows_at_most_72_px()
    {
        await Hub.PublishAsync(new { topic = "orders/1", title = "Your parcel is on its way", severity = "warning" });
        var page = await OpenSignedInAsync("/history?severity=warning");
        await page.SetViewportSizeAsync(390, 844);
        var small = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main :is(button, input, [role=combobox])')].map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 0 && r.height < 40).map(([e, r]) => `${e.outerHTML.slice(0, 120)} is ${r.height} high`)");
        Assert.True(small.Length == 0, string.Join("; ", small));
        var row = (await Rows(page).BoundingBoxAsync())!;
        Assert.InRange(row.Height, 40, 72);
    }

    [GeneratedRegex("<th[^>]*>([^<]+)<")]
    private static partial Regex Head();

    private static ILocator Heads(IPage page) => page.GetByRole(AriaRole.Columnheader);

    private static ILocator Rows(IPage page) => page.GetByRole(AriaRole.Table).Locator("tbody").GetByRole(AriaRole.Row);
}
