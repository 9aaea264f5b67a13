using System.Net;
using NotifyDashboard.Operating;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public sealed class SecurityHeadersTests : IAsyncLifetime
{
    private readonly HubServer _hub = HubServer.Start();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("/demo", HttpStatusCode.OK)]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/no/such/page", HttpStatusCode.NotFound)]
    [InlineData("/shared/badge-demo.html", HttpStatusCode.OK)]
    [InlineData("/api/notifications", HttpStatusCode.Unauthorized)]
    public async Task Every_response_has_each_security_header_once(string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_hub.Address, path));
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await _hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(SecurityHeaders.Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("/api/notifications")]
    [InlineData("/api/scheduled")]
    [InlineData("/history")]
    [InlineData("/no/such/page")]
    public async Task Private_responses_forbid_caching_and_shared_modules_allow_it(string path)
    {
        await using var hub = HubServer.Start(AccountPages.WithMara);
        using (await hub.Http.SignInAsync(hub)) { }
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, path));
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        using var shared = await hub.Http.GetAsync(new Uri(hub.Address, "/shared/notify-badge.js"), TestContext.Current.CancellationToken);
        Assert.False(shared.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public void Scripts_come_from_the_hub_alone()
    {
        var scripts = SecurityHeaders.Policy.Split("; ").Single(d => d.StartsWith("script-src ", StringComparison.Ordinal));
        Assert.Equal("script-src 'self'", scripts);
    }

    [Fact]
    public async Task Set_up_page_sends_no_referrer()
    {
        using var answer = await _hub.Http.GetAsync(new Uri(_hub.Address, "/set-up?token=none"), TestContext.Current.CancellationToken);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }
}
