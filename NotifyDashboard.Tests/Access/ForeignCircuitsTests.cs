using System.Net;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

/// <summary>A page of another origin cannot connect to a circuit with an operator's cookie.</summary>
public sealed class ForeignCircuitsTests(SharedOperatorServer shared) : IClassFixture<SharedOperatorServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "http://localhost:1", HttpStatusCode.Forbidden)] // another port, to which the cookie goes too
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", "own", HttpStatusCode.OK)]
    [InlineData(null, "own", HttpStatusCode.OK)]
    [InlineData(null, "https own", HttpStatusCode.OK)] // a proxy that ends TLS and is not declared
    [InlineData(null, null, HttpStatusCode.OK)]
    public async Task Circuit_connection_with_a_cookie_is_accepted_only_from_the_hubs_own_origin(string? site, string? origin, HttpStatusCode expected)
    {
        using var http = HubServer.NewHttp();
        using (await http.SignInAsync(shared.Hub)) { }
        Assert.Equal(expected, await NegotiateAsync(http, site, origin));
    }

    [Fact]
    public async Task Circuit_connection_without_a_cookie_is_accepted_from_any_origin()
    {
        using var http = HubServer.NewHttp();
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(http, "cross-site", "https://evil.example"));
    }

    private async Task<HttpStatusCode> NegotiateAsync(HttpClient http, string? site, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shared.Hub.Address, "/_blazor/negotiate?negotiateVersion=1"));
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null) request.Headers.Add("Origin", origin.Replace("https own", $"https://{shared.Hub.Address.Authority}", StringComparison.Ordinal).Replace("own", shared.Hub.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
