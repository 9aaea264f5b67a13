using System.Net;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public sealed class PreflightTests(PreflightTests.Server server) : IClassFixture<PreflightTests.Server>
{
    private const string Friend = "https://shop.example";

    [Theory]
    [InlineData("GET", "/sse-stream")]
    [InlineData("HEAD", "/sse-stream")]
    [InlineData("GET", "/api/inbox")]
    [InlineData("HEAD", "/api/notifications")]
    [InlineData("POST", "/api/notifications")]
    [InlineData("PATCH", "/api/notifications/x-1")]
    [InlineData("PUT", "/api/inbox/preferences")]
    public async Task A_page_of_an_allowed_origin_may_send_every_header_that_the_API_and_stream_libraries_use(string method, string path)
    {
        foreach (var header in new[] { "accept", "authorization", "cache-control", "content-type", "idempotency-key", "last-event-id" })
        {
            using var answer = await SendAsync(method, path, header);
            Assert.Equal((HttpStatusCode.NoContent, Friend), (answer.StatusCode, Single(answer, "Access-Control-Allow-Origin")));
            Assert.Contains(header, Single(answer, "Access-Control-Allow-Headers")!, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(method, Single(answer, "Access-Control-Allow-Methods")!, StringComparison.Ordinal);
        }
    }

    private static string? Single(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? string.Join(",", values) : null;

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(server.Hub.Address, path));
        request.Headers.Add("Origin", Friend);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", header);
        return await server.Hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public sealed class Server : IAsyncDisposable
    {
        public HubServer Hub { get; } = Hubs.Start(("Access:AllowedOrigins:0", Friend));

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
