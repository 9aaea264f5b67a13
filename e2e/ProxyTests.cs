using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The dashboard behind a real nginx.</summary>
public sealed class ProxyTests(Browsers browsers) : HubTest(browsers)
{
    private const string Warning = "WebSockets do not get through to the hub";

    private const string UpgradeLines = "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;";

    [Fact]
    public async Task Behind_a_proxy_that_drops_the_port_and_the_Upgrade_header_pages_poll_and_page_and_log_say_why()
    {
        await using var proxy = await NginxProxy.StartAsync(Hub.Address, "proxy_set_header Host $host;");
        var page = await ArriveAsync(proxy);
        var notice = page.GetByRole(AriaRole.Status).Filter(new() { HasText = Warning });
        await Expect(notice).ToBeVisibleAsync();
        foreach (var line in UpgradeLines.Split("; ")) await Expect(notice).ToContainTextAsync(line.TrimEnd(';') + ";");

        await ComposeAsync(page, "orders", "Ready");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).PressAsync("Control+Enter");
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();

        await page.GotoAsync(proxy.Address + "/history");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ready" })).ToBeVisibleAsync();
        await Expect(notice).ToBeHiddenAsync();
        Assert.Contains(Hub.Printed, line => line.Contains(Warning, StringComparison.Ordinal) && line.Contains(UpgradeLines, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_a_proxy_with_the_two_lines_nothing_is_said()
    {
        await using var proxy = await NginxProxy.StartAsync(Hub.Address, $"proxy_set_header Host $http_host; {UpgradeLines}");
        var page = await ArriveAsync(proxy);
        await Expect(page.GetByText(Warning)).ToBeHiddenAsync();
        Assert.Null(await page.EvaluateAsync<string?>("sessionStorage.getItem('nd-polling')"));
        Assert.DoesNotContain(Hub.Printed, line => line.Contains(Warning, StringComparison.Ordinal));
    }

    // Through the proxy, over the sign-in's two redirects.
    private async Task<IPage> ArriveAsync(NginxProxy proxy)
    {
        var page = await SignInAsync(proxy.Address + "/compose");
        await Expect(page).ToHaveURLAsync(proxy.Address + "/compose");
        return page;
    }

    // Each WebSocket that was refused, the circuit that it was for, and what the pages meet once nginx has ended before them.
    protected override bool IsExpected(string error) =>
        base.IsExpected(error) || new[] { "WebSocket", "Failed to start the", "ERR_CONNECTION_RESET", "Connection disconnected", "Failed to fetch" }.Any(known => error.Contains(known, StringComparison.Ordinal));
}
