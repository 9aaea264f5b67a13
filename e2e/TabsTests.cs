using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Nine tabs of one browser and a real server, over plain HTTP/1.1, where a browser has six connections for an origin.</summary>
public sealed class TabsTests(Browsers browsers) : HubTest(browsers)
{
    private const int Tabs = 9;

    [Fact]
    public async Task Nine_tabs_share_one_stream_and_keep_counting_through_a_restart_and_going_offline()
    {
        var tabs = new List<IPage> { await OpenWindowAsync("/shared/badge-demo.html") };
        while (tabs.Count < Tabs)
        {
            tabs.Add(await tabs[0].Context.NewPageAsync());
            await tabs[^1].GotoAsync("/shared/badge-demo.html");
        }
        var compose = await OpenSignedInAsync("/compose");
        await ComposeAsync(compose, "demo/messages", "Coffee at 6:40?");
        await compose.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" }).ClickAsync();
        await CountAsync(tabs, "1");

        await Hub.KillAsync();
        await Hub.RunAsync();
        await Hub.PublishAsync(new { topic = "demo/messages", title = "After the restart" });
        await CountAsync(tabs, "2");

        await tabs[0].Context.SetOfflineAsync(true);
        foreach (var tab in tabs) await tab.WaitForFunctionAsync("() => !navigator.onLine");
        await Hub.PublishAsync(new { topic = "demo/messages", title = "While they were offline" });
        await tabs[0].Context.SetOfflineAsync(false);
        await CountAsync(tabs, "3");

        await tabs[4].GetByRole(AriaRole.Button, new() { Name = "Messages" }).ClickAsync();
        foreach (var tab in tabs) await Expect(Badge(tab)).ToBeHiddenAsync();
        await ComposeAsync(compose, "demo/messages", "Still one");
        await Expect(compose.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" })).ToBeVisibleAsync();
    }

    private static async Task CountAsync(List<IPage> tabs, string count)
    {
        foreach (var tab in tabs) await Expect(Badge(tab)).ToHaveTextAsync(count);
    }

    private static ILocator Badge(IPage page) => page.Locator("header notify-badge[topics='demo/messages'] [part=badge]");

    // Lines that are cut complain of it.
    protected override bool IsExpected(string error) => !error.Contains("Policy", StringComparison.Ordinal);
}
