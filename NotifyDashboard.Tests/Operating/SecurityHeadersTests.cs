using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task Every_answer_carries_them_once(string path, HttpStatusCode status)
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
    public async Task What_is_private_is_kept_in_no_cache(string path)
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
    public async Task Where_the_hub_ends_TLS_browsers_keep_to_it()
    {
        using var key = RSA.Create(2_048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var hub = HubServer.Start(services: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate))));
        var secure = hub.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(address => address.StartsWith("https:", StringComparison.Ordinal));
        using var trusting = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString() } });
        using var answer = await trusting.GetAsync(new Uri(secure + "/sign-in"), TestContext.Current.CancellationToken);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        using var open = await _hub.Http.GetAsync(new Uri(_hub.Address, "/sign-in"), TestContext.Current.CancellationToken);
        Assert.False(open.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public void Scripts_come_from_the_hub_alone()
    {
        var scripts = SecurityHeaders.Policy.Split("; ").Single(d => d.StartsWith("script-src ", StringComparison.Ordinal));
        Assert.Equal("script-src 'self'", scripts);
    }

    [Fact]
    public async Task The_set_up_page_tells_no_site_where_one_was()
    {
        using var answer = await _hub.Http.GetAsync(new Uri(_hub.Address, "/set-up?token=none"), TestContext.Current.CancellationToken);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }
}
