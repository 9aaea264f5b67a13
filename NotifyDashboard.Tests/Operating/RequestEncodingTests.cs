using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public sealed class RequestEncodingTests(SharedTokenServer shared) : IClassFixture<SharedTokenServer>
{
    private readonly HubServer _hub = shared.Hub;

    /// <summary>What a request says about its body that the hub cannot read.</summary>
    public static TheoryData<string, string> Unreadable => new()
    {
        { "application/json", "gzip" },
        { "application/json", "br, identity" },
        { "application/json", "unknown" },
        { "application/json; charset=iso-8859-1", "" },
        { "application/json; charset=utf-16", "" },
        { "application/json; charset=no-such", "" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_encoding_that_is_not_decoded_is_refused_wherever_the_API_reads_a_body(string contentType, string contentEncoding)
    {
        var calls = Calls();
        Assert.Superset(new HashSet<string> { "POST /api/notifications/", "PATCH /api/notifications/none-1", "PATCH /api/scheduled/none-1", "POST /api/presence", "POST /api/inbox/read", "PUT /api/inbox/preferences", "POST /api/demo/tokens" }, calls.ToHashSet());
        foreach (var call in calls)
        {
            using var answer = await SendAsync(call, "{}"u8.ToArray(), contentType, contentEncoding);
            Assert.Equal((call, HttpStatusCode.UnsupportedMediaType), (call, answer.StatusCode));
            await ProblemAssert.IsAsync(answer, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
            Assert.Equal(contentEncoding.Length > 0, answer.Headers.TryGetValues("Accept-Encoding", out var accepted) && accepted.Single() == "identity");
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", "")]
    [InlineData("application/json; charset=\"UTF-8\"", "identity")]
    [InlineData("application/json; charset=utf8", "Identity")]
    public async Task Utf8_without_a_content_encoding_is_read_wherever_the_API_reads_a_body(string contentType, string contentEncoding)
    {
        foreach (var call in Calls())
        {
            using var answer = await SendAsync(call, "{}"u8.ToArray(), contentType, contentEncoding);
            Assert.True(answer.StatusCode is not HttpStatusCode.UnsupportedMediaType && (int)answer.StatusCode < 500, $"{call}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1", "title=x")]
    [InlineData("application/x-ndjson; charset=utf-16le", "{\"title\":\"x\"}")]
    public async Task A_publish_in_another_charset_is_refused_in_every_format(string contentType, string body)
    {
        using var answer = await SendAsync("POST /api/notifications", Encoding.UTF8.GetBytes(body), contentType, "");
        await ProblemAssert.IsAsync(answer, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task An_encoding_without_a_body_is_ignored()
    {
        var id = await _hub.PublishAsync(new { title = "x" });
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(_hub.Address, "/api/notifications/" + id));
        request.Headers.Authorization = Hubs.Bearer;
        request.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        using var answer = await _hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST /api/notifications", "application/json", """{"title":"x"}""", HttpStatusCode.Created)]
    [InlineData("POST /api/notifications", "application/json", """[{"title":"x"},{"title":"y"}]""", HttpStatusCode.Created)]
    [InlineData("POST /api/notifications", "application/x-ndjson", "{\"title\":\"x\"}\n{\"title\":\"y\"}\n", HttpStatusCode.Created)]
    [InlineData("PATCH /api/notifications/§", "application/json", """{"title":"y"}""", HttpStatusCode.OK)]
    [InlineData("PATCH /api/scheduled/none", "application/json", """{"publishAt":"2999-01-31T12:00:00Z"}""", HttpStatusCode.NotFound)]
    [InlineData("POST /api/inbox/read", "application/json", """{"ids":["§"]}""", HttpStatusCode.OK)]
    [InlineData("PUT /api/inbox/preferences", "application/json", "{}", HttpStatusCode.OK)]
    [InlineData("POST /api/demo/tokens", "application/json", """{"persona":"alice"}""", HttpStatusCode.OK)]
    public async Task A_byte_order_mark_before_JSON_is_skipped(string call, string contentType, string body, HttpStatusCode status)
    {
        var id = await _hub.PublishAsync(new { title = "first" });
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(body.Replace("§", id, StringComparison.Ordinal))];
        using var answer = await SendAsync(call.Replace("§", id, StringComparison.Ordinal), bytes, contentType, "");
        Assert.Equal(status, answer.StatusCode);
    }

    // Every call under /api whose endpoint takes a body, and the demo's.
    private List<string> Calls() => [.. from endpoint in _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = endpoint.RoutePattern.RawText!
        where path.StartsWith("/api/", StringComparison.Ordinal) || path == "/demo/fire"
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where method is "PATCH" or "PUT" || (method == "POST" && path != "/api/stream-tickets")
        select $"{method} {path.Replace("{id}", "none-1", StringComparison.Ordinal)}"];

    private async Task<HttpResponseMessage> SendAsync(string call, byte[] body, string contentType, string contentEncoding)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        using var request = new HttpRequestMessage(new(method), new Uri(_hub.Address, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (contentEncoding.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        request.Headers.Authorization = path.StartsWith("/api/inbox", StringComparison.Ordinal) ? new AuthenticationHeaderValue("Bearer", Jwt.Of("alice")) : Hubs.Bearer;
        return await _hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
