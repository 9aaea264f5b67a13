using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using NotifyDashboard.EndToEnd.Modules;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>The five minutes of docs/embedding.md, word for word; only the ports are others.</summary>
public sealed partial class GuideTests(Browsers browsers) : HubTest(browsers)
{
    private const string Secret = "the secret of the hub and of the shop alone";

    private readonly int _port = FreePort();

    protected override Dictionary<string, string> Environment => new(base.Environment)
    {
        ["Access__Tokens__Issuer"] = $"http://localhost:{_port}",
        ["Access__Tokens__Keys__0__Secret"] = Secret,
        ["Access__AllowedOrigins__0"] = $"http://localhost:{_port}",
    };

    [Fact]
    public async Task Script_in_the_embedding_guide_serves_a_page_with_a_working_inbox()
    {
        Programs.Need("node");
        var guide = await File.ReadAllTextAsync(Path.Combine(FakeHub.Root(), "docs", "embedding.md"), TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("shop-");
        var file = Path.Combine(folder.FullName, "shop.mjs");
        await File.WriteAllTextAsync(file, Script().Match(guide).Groups[1].Value.Replace("3000", $"{_port}", StringComparison.Ordinal).Replace("http://localhost:5080", Hub.Address, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var shop = Process.Start(new ProcessStartInfo("node", [file]) { Environment = { ["NOTIFY_SECRET"] = Secret } })!;
        try
        {
            var page = await OpenWindowAsync("about:blank");
            for (var deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromSeconds(10);)
            {
                using var line = new TcpClient();
                if (await TryAsync(line)) break;
            }
            await page.GotoAsync($"http://localhost:{_port}/");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Notifications" })).ToBeVisibleAsync();
            await Hub.PublishAsync(new { topic = "users/alice", @private = true, title = "Your parcel is here", url = "/orders/7" });
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 1 unread notification" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 1 unread notification" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Your parcel is here" })).ToBeVisibleAsync();
        }
        finally
        {
            shop.Kill();
            await shop.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    private async Task<bool> TryAsync(TcpClient line)
    {
        try
        {
            await line.ConnectAsync("localhost", _port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```javascript\n(.+?)```", RegexOptions.Singleline)]
    private static partial Regex Script();
}
