using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The server goes away and comes back; the pages come back by themselves and have missed nothing.</summary>
public sealed class RestartTests(Browsers browsers) : HubTest(browsers)
{
    private const int BackWithin = 10_000;

    public static async Task<IEnumerable<TheoryDataRow<string, bool>>> RestartsAsync() =>
        from engine in await Browsers.EnginesAsync() from calm in new[] { true, false } select new TheoryDataRow<string, bool>(engine.Data, calm) { Skip = engine.Skip };

    [Theory]
    [MemberData(nameof(RestartsAsync))]
    public async Task Stop_or_kill_and_restart_of_the_hub_loses_no_notification_and_no_Compose_draft(string engine, bool calm)
    {
        Engine = engine;
        var demo = await OpenDemoAsync();
        var compose = await OpenSignedInAsync("/compose");
        await ComposeAsync(compose, "demo/messages", "Half a sentence");
        await ChooseEverythingAsync(compose);
        for (var i = 0; i < 3; i++) await Hub.PublishAsync(new { topic = "demo/messages", title = "Before" });
        await Expect(Icon(demo, "Messages, 3 unread messages")).ToBeVisibleAsync();

        // A page that has not noticed yet looks as live as one that is back.
        await compose.EvaluateAsync("() => { window.isOfTheOldServer = true; }");
        if (calm) Assert.InRange(await Hub.StopAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        else await Hub.KillAsync();
        await Hub.RunAsync();
        await Hub.PublishAsync(new { topic = "demo/messages", title = "While the page was away" });
        await Hub.PublishAsync(new { topic = "demo/messages", title = "While the page was away" });

        await Expect(Icon(demo, "Messages, 5 unread messages")).ToBeVisibleAsync(new() { Timeout = BackWithin });
        await compose.WaitForFunctionAsync("() => !window.isOfTheOldServer", null, new() { Timeout = BackWithin });
        await Expect(Live(compose)).ToBeVisibleAsync(new() { Timeout = BackWithin });
        await Expect(compose.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("Half a sentence");
        await ExpectEverythingAsync(compose);
        await compose.GetByRole(AriaRole.Button, new() { Name = "Keep editing" }).ClickAsync();
        // Of nobody's right to it: then it reaches the demo again.
        await compose.GetByLabel("Private:").UncheckAsync();
        await compose.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" }).ClickAsync();
        await Expect(Icon(demo, "Messages, 6 unread messages")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Inbox_open_before_a_hub_restart_is_open_again_afterwards()
    {
        var page = await OpenWindowAsync("/demo?as=alice");
        await page.Locator("notify-inbox").GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" })).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.isOfTheOldServer = true; }");
        await Hub.StopAsync();
        await Hub.RunAsync();
        await page.WaitForFunctionAsync("() => !window.isOfTheOldServer", null, new() { Timeout = BackWithin });
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" })).ToBeVisibleAsync(new() { Timeout = BackWithin });
    }

    // What is chosen rather than typed, up to a time in a dialog that is open.
    private static async Task ChooseEverythingAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = "Warning" }).CheckAsync();
        await page.GetByText("Further topics, icon, tags").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tags" }).PressSequentiallyAsync("parcel,express,");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a button" }).ClickAsync();
        await page.GetByLabel("Button 1", new() { Exact = true }).FillAsync("Track parcel");
        await page.GetByLabel("Link of button 1").FillAsync("/orders/1/track");
        await page.ChooseAsync("Expires", "In a day");
        await page.GetByLabel("Private:").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Date" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Date" }).FillAsync("2030-05-01");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Time" }).FillAsync("09:30");
        // The server has it.
        await Expect(page.Locator("[name=choices]")).ToHaveAttributeAsync("data-kept", new Regex("2030-05-01T09:30"));
    }

    private static async Task ExpectEverythingAsync(IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Date" })).ToHaveValueAsync("2030-05-01");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Time" })).ToHaveValueAsync("09:30");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Warning", IncludeHidden = true })).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Button 1", new() { Exact = true })).ToHaveValueAsync("Track parcel");
        await Expect(page.GetByLabel("Link of button 1")).ToHaveValueAsync("/orders/1/track");
        await Expect(page.Locator("#expires")).ToHaveValueAsync("In a day");
        await Expect(page.GetByLabel("Private:")).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Listitem, new() { IncludeHidden = true }).Filter(new() { HasTextRegex = new Regex(@"^\s*(parcel|express)\s*$") })).ToHaveCountAsync(2);
    }

    // Circuits and streams that are cut complain of it.
    protected override bool IsExpected(string error) => !error.Contains("Policy", StringComparison.Ordinal);
}
