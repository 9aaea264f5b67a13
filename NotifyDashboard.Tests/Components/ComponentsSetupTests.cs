using System.Net;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components;

public class ComponentsSetupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_can_be_switched_off()
    {
        await using var on = HubServer.Start();
        await using var off = HubServer.Start(new() { ["Demo:Enabled"] = "false" });
        using var shown = await on.Http.GetAsync(new Uri(on.Address, "/demo"), Cancellation);
        using var hidden = await off.Http.GetAsync(new Uri(off.Address, "/demo"), Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (shown.StatusCode, hidden.StatusCode));
    }

    [Fact]
    public async Task Other_sites_may_load_the_modules_and_only_listed_ones_may_read_the_stream()
    {
        await using var hub = HubServer.Start(new() { ["Access:AllowedOrigins:0"] = "https://shop.example" });
        Assert.Equal("*", await AllowedAsync(hub, "/shared/notify-badge.js", "https://anyone.example"));
        Assert.Equal("https://shop.example", await AllowedAsync(hub, "/sse-stream", "https://shop.example"));
        Assert.Null(await AllowedAsync(hub, "/sse-stream", "https://anyone.example"));
        Assert.Null(await AllowedAsync(hub, "/sign-in", "https://shop.example"));
    }

    private static async Task<string?> AllowedAsync(HubServer hub, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, path));
        request.Headers.Add("Origin", origin);
        // A page is read to its end: the hub ends with the test, and should not render for nobody then. A stream has none.
        using var answer = await hub.Http.SendAsync(request, path == "/sse-stream" ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, Cancellation);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }
}
