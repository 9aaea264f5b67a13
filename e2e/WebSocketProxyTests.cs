using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The dashboard behind an nginx that lets WebSockets through, and behind one that does not.</summary>
public sealed class WebSocketProxyTests(Browsers browsers) : HubTest(browsers)
{
    private const string Warning = "WebSockets do not get through to the hub";

    private const string UpgradeLines = "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;";

    protected override Dictionary<string, string> Environment => new(base.Environment) { ["Proxy__Known__0"] = "127.0.0.1", ["Proxy__Known__1"] = "::1" };

    [Fact]
    public async Task Pages_work_behind_a_proxy_without_the_Upgrade_header_and_page_and_log_name_the_fix()
    {
        await using var proxy = await StartAsync(location => string.Join('\n', location.Split('\n').Where(line => !line.Contains("_upgrade", StringComparison.Ordinal))).Replace("$http_host", "$host", StringComparison.Ordinal));
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
    public async Task Pages_behind_a_proxy_that_forwards_the_Upgrade_header_show_and_log_no_warning()
    {
        await using var proxy = await StartAsync(location => location);
        var page = await ArriveAsync(proxy);
        await Expect(page.GetByText(Warning)).ToBeHiddenAsync();
        Assert.Null(await page.EvaluateAsync<string?>("sessionStorage.getItem('nd-polling')"));
        Assert.DoesNotContain(Hub.Printed, line => line.Contains(Warning, StringComparison.Ordinal));
    }

    private Task<Nginx> StartAsync(Func<string, string> change) => Nginx.StartAsync(Hub.Address, "/", TestContext.Current.CancellationToken, change);

    // Through the proxy, over the sign-in's two redirects.
    private async Task<IPage> ArriveAsync(Nginx proxy)
    {
        var page = await SignInAsync(proxy.Address + "/compose");
        await Expect(page).ToHaveURLAsync(proxy.Address + "/compose");
        return page;
    }

    // Each WebSocket that was refused, the circuit that it was for, and what the pages meet once nginx has ended before them.
    protected override bool IsExpected(string error) =>
        base.IsExpected(error) || new[] { "WebSocket", "Failed to start the", "ERR_CONNECTION_RESET", "Connection disconnected", "Failed to fetch", "Cannot send data", "Circuit host not initialized" }.Any(known => error.Contains(known, StringComparison.Ordinal));
}
