using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

/// <summary>Another site's page reads nothing with somebody's cookie, for a read can change something too: the audit, an inbox, a stream.</summary>
public sealed class ForeignReadsTests : IAsyncLifetime
{
    private const string Friend = "https://shop.example", Export = "/api/recipients?sub=alice";

    private readonly HubServer _hub = Hubs.Start(
        [.. Jwt.Pairs, .. AccountPages.WithMara.Select(s => (s.Key, s.Value)), ("Access:AllowedOrigins:0", Friend), ("Access:Tokens:Cookie", "recipient")]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var signedIn = await _hub.Http.SignInAsync(_hub);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("cross-site", "https://evil.example")]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    public async Task Export_requested_by_a_foreign_page_is_refused_and_not_audited(string? site, string? origin)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var answer = await SendAsync(method, Export, site, origin);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        Assert.Empty(await ExportsAsync());
    }

    [Theory]
    [InlineData("same-origin", null)]
    [InlineData("none", null)]
    [InlineData(null, null)]
    [InlineData("cross-site", Friend)]
    public async Task An_export_from_the_hubs_own_page_or_an_allowed_one_is_answered(string? site, string? origin)
    {
        using var answer = await SendAsync(HttpMethod.Get, Export, site, origin);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(await ExportsAsync());
    }

    [Fact]
    public async Task Every_API_read_with_a_cookie_is_refused_to_a_foreign_page()
    {
        string[] paths = [.. _hub.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{id}", "x-1", StringComparison.Ordinal))
            .Where(path => path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/sse-stream", StringComparison.Ordinal)).Distinct()];
        Assert.Superset(new HashSet<string> { "/api/recipients/", "/api/inbox/counts", "/sse-stream", "/api/notifications/" }, paths.ToHashSet());
        foreach (var path in paths)
        {
            // Where a recipient's cookie counts it comes before the operator's.
            using var answer = await SendAsync(HttpMethod.Get, path, "cross-site", null, "recipient=" + Jwt.Of("alice"));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, answer.StatusCode));
        }
        Assert.Equal(0, _hub.Streams());
        // Without a cookie there is nothing to misuse: a public stream is for any page.
        using var anonymous = HubServer.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_hub.Address, "/sse-stream"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var stream = await anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private async Task<IEnumerable<AuditEntry>> ExportsAsync() =>
        (await _hub.Services.GetRequiredService<IAuditLog>().ReadAsync(new(), Cancellation)).Select(row => row.Entry).Where(entry => entry.Action == AuditActions.RecipientExported);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? site, string? origin, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_hub.Address, path));
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return await _hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
