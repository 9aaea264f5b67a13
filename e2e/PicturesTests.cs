using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using NotifyDashboard.EndToEnd.Modules;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Takes the README's pictures; <c>docs/images/make</c> runs it.</summary>
public sealed class PicturesTests(Browsers browsers) : HubTest(browsers)
{
    private static readonly string Folder = Path.Combine(FakeHub.Root(), "docs", "images");

    protected override Task<HubProcess> StartHubAsync() => HubProcess.StartDemoAsync();

    [Fact(Explicit = true)]
    public async Task README_screenshots_are_taken_from_the_running_demo()
    {
        var page = await OpenWindowAsync(Hub.SignInLink!);
        await Expect(Live(page)).ToBeVisibleAsync();
        var demo = await OpenDemoAsync();
        foreach (var button in new[] { "Follow", "Write", "Ring" }) await demo.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Expect(Icon(demo, "Notifications, 1 unread notification")).ToBeVisibleAsync();
        await Expect(demo.GetByText("median of 3")).ToBeVisibleAsync();
        await Expect(demo.GetByRole(AriaRole.Log, new() { Name = "Last events" }).GetByText("event:")).ToHaveCountAsync(3);
        await demo.Mouse.MoveAsync(0, 0);
        await TakeAsync(demo, "demo");

        await page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" }).FillAsync("demo/messages");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Success" }).CheckAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FillAsync("Your parcel is on its way");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text" }).FillAsync("It should be with you tomorrow before noon. Somebody must be in to sign for it.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Raw event")).ToContainTextAsync("Somebody must be in");
        await TakeAsync(page, "compose");

        await page.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" }).ClickAsync();
        await Expect(page.GetByText("written, of 1")).ToBeVisibleAsync();
        await page.GotoAsync("/history");
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Your parcel is on its way" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your parcel is on its way" })).ToBeVisibleAsync();
        await TakeAsync(page, "history");
    }

    private static Task<byte[]> TakeAsync(IPage page, string name) => page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
}
