using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public sealed class HeadRequestTests(SharedOperatorServer shared) : IClassFixture<SharedOperatorServer>, IAsyncLifetime
{
    private readonly HubServer _hub = shared.Hub;
    private readonly HttpClient _browser = HubServer.NewHttp();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var signedIn = await _browser.SignInAsync(_hub);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public void Every_endpoint_that_takes_GET_takes_HEAD() => Assert.Empty(
        from endpoint in Endpoints()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where methods.Contains("GET") && !methods.Contains("HEAD")
        select endpoint.RoutePattern.RawText);

    [Fact]
    public async Task HEAD_answers_like_GET_without_a_body()
    {
        var id = await _hub.PublishAsync(new { title = "x" });
        var paths = Endpoints().Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/').Replace("{id}", id, StringComparison.Ordinal).Replace("{Status:int}", "404", StringComparison.Ordinal))
            .Where(path => !path.Contains('{', StringComparison.Ordinal) && !path.Contains("_framework", StringComparison.Ordinal) && !path.Contains("_blazor", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Superset(new HashSet<string> { "/", "/healthz/live", "/healthz/ready", "/sse-stream", "/history", "/sign-in", "/demo", "/api/inbox/counts", "/shared/notify-badge.js", "/api/notifications/" + id }, paths.ToHashSet());
        foreach (var path in paths)
        {
            using var head = await SendAsync(HttpMethod.Head, path);
            using var get = await SendAsync(HttpMethod.Get, path);
            Assert.Equal((path, get.StatusCode, get.Content.Headers.ContentType?.ToString(), get.Headers.Location, get.Headers.CacheControl?.ToString()),
                (path, head.StatusCode, head.Content.Headers.ContentType?.ToString(), head.Headers.Location, head.Headers.CacheControl?.ToString()));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
        }
    }

    [Fact]
    public async Task HEAD_on_the_stream_ends_at_once_and_opens_none()
    {
        await using var hub = Hubs.Start();
        var answer = await RawRequest.SendAsync(hub.Address, $"HEAD /sse-stream HTTP/1.1\r\nHost: {hub.Address.Authority}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: text/event-stream\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(0, hub.Streams());
    }

    [Theory]
    [InlineData("?topic=%00", HttpStatusCode.BadRequest)]
    [InlineData("?ticket=none", HttpStatusCode.Unauthorized)]
    public async Task HEAD_on_a_stream_that_would_be_refused_has_the_status_of_the_refusal(string query, HttpStatusCode status)
    {
        using var answer = await SendAsync(HttpMethod.Head, "/sse-stream" + query);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task HEAD_on_the_stream_does_not_count_towards_the_stream_limit()
    {
        await using var hub = Hubs.Start(("Streams:MaxStreams", "1"));
        for (var i = 0; i < 2; i++)
        {
            using var free = await hub.SendAsync(HttpMethod.Head, "/sse-stream");
            Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        }
        using var stream = await hub.OpenAsync();
        using var full = await hub.SendAsync(HttpMethod.Head, "/sse-stream");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
    }

    [Fact]
    public async Task HEAD_with_a_ticket_leaves_the_ticket_for_the_stream()
    {
        var ticket = (await _hub.TicketAsync(Jwt.Of("alice"))).GetProperty("ticket").GetString();
        using var head = await SendAsync(HttpMethod.Head, "/sse-stream?ticket=" + ticket);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        using var stream = await _hub.OpenAsync("?ticket=" + ticket);
        using var again = await SendAsync(HttpMethod.Head, "/sse-stream?ticket=" + ticket);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task HEAD_of_an_unknown_page_is_a_404()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(_hub.Address, "/nothing"));
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await _browser.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<RouteEndpoint> Endpoints() => _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(_hub.Address, path));
        if (path.StartsWith("/api/inbox", StringComparison.Ordinal)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Jwt.Of("alice"));
        return await _browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
