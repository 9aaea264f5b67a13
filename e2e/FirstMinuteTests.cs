using System.Diagnostics;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What a newcomer does with <c>--demo</c>.</summary>
public sealed class FirstMinuteTests(Browsers browsers) : HubTest(browsers)
{
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();

    protected override Task<HubProcess> StartHubAsync() => HubProcess.StartDemoAsync();

    [Fact]
    public async Task Within_30_seconds_of_the_start_a_fired_notification_shows_as_a_badge()
    {
        var page = await OpenWindowAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in as Demo operator" }).ClickAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        var demo = await OpenDemoAsync("/demo?as=alice");
        await Expect(Icon(demo, "Notifications, 2 unread notifications")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Compose" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Compose" })).ToBeVisibleAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await ComposeAsync(page, "demo/messages", "Hello Dolly");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).PressAsync("Control+Enter");
        await Expect(Icon(demo, "Messages, 1 unread message")).ToBeVisibleAsync();
        Assert.InRange(_sinceStart.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));

        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Water is off on Mill Lane" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Printed_demo_link_signs_in_once_and_is_refused_the_second_time()
    {
        var page = await OpenWindowAsync(Hub.SignInLink!);
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(Account(page)).ToContainTextAsync("Demo operator");
        var other = await OpenWindowAsync(Hub.SignInLink!);
        await Expect(other.GetByText("Start the demo again")).ToBeVisibleAsync();
    }
}
