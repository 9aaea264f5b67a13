using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>An operator fires, and badges pop up in other windows without their doing anything.</summary>
public sealed partial class MainJobTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    [Fact]
    public async Task A_fired_event_shows_as_a_badge_in_another_window_within_a_second()
    {
        var demo = await OpenDemoAsync();
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "demo/messages", "Coffee at 6:40?");
        var fire = page.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" });
        await Expect(fire).ToBeVisibleAsync();

        await fire.ClickAsync();
        await Expect(Icon(demo, "Messages, 1 unread message")).ToBeVisibleAsync(new() { Timeout = 1_000 });

        await Expect(page.GetByText("written, of 1")).ToBeVisibleAsync();
        await Expect(page.GetByText("Fired to 1 connection.")).ToBeVisibleAsync();
        await Expect(Icon(demo, "People")).ToBeVisibleAsync();
        await Icon(demo, "Messages, 1 unread message").ClickAsync();
        await Expect(demo.GetByText("Coffee at 6:40?").First).ToBeVisibleAsync();
        await Expect(Icon(demo, "Messages")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ctrl_Enter_fires_a_notification_that_History_in_another_window_shows_live()
    {
        var history = await OpenSignedInAsync("/history");
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "orders/48213", "Your parcel is on its way");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Success" }).CheckAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text" }).PressAsync("Control+Enter");

        var row = history.GetByRole(AriaRole.Row).Filter(new() { HasText = "Your parcel is on its way" });
        await Expect(row).ToContainTextAsync("orders/48213");
        await Expect(row).ToContainTextAsync(OperatorName);
        await Expect(row).ToContainTextAsync("Success");
    }

    [Fact]
    public async Task Series_of_ten_shows_ten_on_the_badge_of_another_window()
    {
        var demo = await OpenDemoAsync();
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "demo/people", "Saga follows you");
        await page.GetByText("Fire it as a series").ClickAsync();
        await page.GetByLabel("One every").FillAsync("0.1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire 10", Exact = true }).ClickAsync();

        await Expect(Icon(demo, "People, 10 new neighbours")).ToBeVisibleAsync();
        await Expect(page.GetByText("All 10 fired")).ToBeVisibleAsync();
        await Expect(page.GetByText("10 deliveries so far")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stopped_series_reports_the_number_fired_and_the_badge_shows_the_same()
    {
        var demo = await OpenDemoAsync();
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "demo/bell", "Ping");
        await page.GetByText("Fire it as a series").ClickAsync();
        await page.GetByLabel("How many").FillAsync("1000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire 1,000" }).ClickAsync();
        await Expect(demo.GetByRole(AriaRole.Button, new() { NameRegex = Several() })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop the series" }).ClickAsync();

        await Expect(page.GetByText("Stopped after")).ToBeVisibleAsync();
        var stopped = await page.GetByText("Stopped after").InnerTextAsync();
        var fired = int.Parse(stopped.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(fired, 2, 100);
        await Expect(Icon(demo, $"Notifications, {fired} unread notifications")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Raw_data_goes_out_as_it_was_written()
    {
        var page = await OpenSignedInAsync("/compose");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" }).FillAsync("demo/bell");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Event type" }).FillAsync("ping");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Raw data" }).CheckAsync();
        await page.GetByLabel("Data, as it goes out").FillAsync("'Hello Dolly!'");
        await Expect(page.GetByLabel("Raw event")).ToContainTextAsync("event: ping\ndata: 'Hello Dolly!'");
        var demo = await OpenDemoAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" }).ClickAsync();
        await Expect(demo.GetByRole(AriaRole.Log, new() { Name = "Last events" })).ToContainTextAsync("'Hello Dolly!'");
    }

    [Fact]
    public async Task Invalid_Compose_form_shows_its_problems_and_keeps_the_typed_values()
    {
        var page = await OpenSignedInAsync("/compose");
        await page.GetByLabel("Link optional").FillAsync("javascript:alert(1)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire Ctrl" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Not fired: 2 problems to fix." })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Link optional")).ToHaveValueAsync("javascript:alert(1)");
        await page.GetByLabel("Link optional").FillAsync("/orders/1");
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Not fired: 1 problem to fix." })).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Browsers.EnginesAsync), MemberType = typeof(Browsers))]
    public async Task Plain_HTML_page_without_a_framework_shows_the_unread_count(string engine)
    {
        Engine = engine;
        var plain = await OpenWindowAsync("/shared/badge-demo.html");
        var demo = await OpenDemoAsync();
        await Hub.PublishAsync(new { topic = "demo/messages", title = "From an application" });
        await Expect(Icon(demo, "Messages, 1 unread message")).ToBeVisibleAsync();
        await Expect(plain.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 unread message" }).First).ToBeAttachedAsync();
    }

    [GeneratedRegex("^Notifications, [2-9] unread")]
    private static partial Regex Several();

    [Fact]
    public async Task Signed_out_operator_gets_the_sign_in_page_on_the_next_visit()
    {
        var page = await SignInAsync("/history");
        await Account(page).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GotoAsync("/history");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }
}
