using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The hub behind nginx as docs/operations.md sets it up: under a path, with TLS and HTTP/2, and pages of another origin.</summary>
public sealed class ProxyTests(Browsers browsers) : HubTest(browsers)
{
    private const string Path = "/notify";
    private Nginx _nginx = null!;

    protected override Dictionary<string, string> Environment => new([.. base.Environment, .. Tokens.Environment]) { ["Proxy__PathBase"] = Path, ["Proxy__Known__0"] = "127.0.0.1", ["Proxy__Known__1"] = "::1" };

    protected override string Address => _nginx.Address;

    private string HubUrl => $"{Address}{Path}";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _nginx = await Nginx.StartAsync(Hub.Address, $"{Path}/", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Cross_origin_badge_without_a_hub_attribute_counts_through_the_proxy()
    {
        Site.Page("/page", $"<!doctype html><title>page</title><script type=module src={HubUrl}/shared/notify-badge.js></script><notify-badge topics='orders'></notify-badge>");
        var page = await OpenWindowAsync("about:blank");
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync($"{Site.Address}/page"), "**/notify/sse-stream*");
        await Hub.PublishAsync(new { topic = "orders", title = "Order 7" });
        await Expect(page.Locator("notify-badge [part=badge]")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Cross_origin_inbox_lists_and_marks_as_read_through_the_proxy()
    {
        Site.Page("/page", $"<!doctype html><html lang=en><title>page</title><script type=module src={HubUrl}/shared/notify-inbox.js></script><notify-inbox token-url=/notify-token></notify-inbox>");
        Site.Tokens("/notify-token", () => Tokens.Make("alice", TimeSpan.FromMinutes(10)));
        await Hub.PublishAsync(new { topic = "users/alice", title = "Your parcel is here", @private = true });
        var page = await OpenWindowAsync("about:blank");
        await page.GotoAsync($"{Site.Address}/page");
        await page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 1 unread notification" }).ClickAsync();
        await page.GetByRole(AriaRole.Article, new() { Name = "Your parcel is here, unread" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Your parcel is here", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Twelve_streams_of_one_page_all_receive_a_notification_through_the_HTTP_2_proxy()
    {
        Site.Page("/page", "<!doctype html><title>page</title>");
        var page = await OpenWindowAsync("about:blank");
        await page.GotoAsync($"{Site.Address}/page");
        await page.EvaluateAsync("""
            async address => {
              globalThis.heard = 0;
              await Promise.all(Array.from({ length: 12 }, () => new Promise(open => {
                const source = new EventSource(`${address}/sse-stream?topic=orders`);
                source.addEventListener('hub.hello', open);
                source.addEventListener('notification', () => heard++);
              })));
            }
            """, HubUrl);
        await Hub.PublishAsync(new { topic = "orders", title = "Order 7" });
        await page.WaitForFunctionAsync("() => heard === 12");
    }

    [Fact]
    public async Task Operator_signs_in_and_fires_through_the_proxy_without_leaving_its_port()
    {
        var demo = await OpenWindowAsync($"{Path}/demo");
        await Expect(demo.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        var page = await SignInAsync($"{Path}/history");
        await Expect(page).ToHaveURLAsync($"{HubUrl}/history");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compose", Exact = true }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync($"{HubUrl}/compose");
        await Expect(Live(page)).ToBeVisibleAsync();
        await ComposeAsync(page, "demo/messages", "Coffee at 6:40?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" }).ClickAsync();
        await Expect(Icon(demo, "Messages, 1 unread message")).ToBeVisibleAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_nginx is not null) await _nginx.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
