using System.Net;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public sealed class ApiRefusalsTests(SharedServer shared, ApiRefusalsTests.InProduction production) : IClassFixture<SharedServer>, IClassFixture<ApiRefusalsTests.InProduction>
{
    private readonly HubServer _hub = shared.Hub;

    [Theory]
    [InlineData("PUT", "/api/notifications", HttpStatusCode.MethodNotAllowed, "urn:notifydashboard:problem:invalid")]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "urn:notifydashboard:problem:not-found")]
    public async Task An_empty_refusal_becomes_a_problem(string method, string path, HttpStatusCode status, string type)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(_hub.Address, path));
        using var answer = await _hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(type, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "//api/notifications")]
    [InlineData("POST", "//api/notifications")]
    [InlineData("GET", "/api//notifications")]
    [InlineData("GET", "///api///notifications")]
    [InlineData("GET", "//sse-stream")]
    [InlineData("GET", "//healthz/live")]
    [InlineData("HEAD", "//history")]
    [InlineData("GET", "//history")]
    [InlineData("GET", "//shared/nothing.js")]
    [InlineData("GET", "//")]
    public async Task A_doubled_slash_gets_a_problem_and_never_an_empty_404(string method, string path)
    {
        foreach (var accept in new[] { "*/*", "text/event-stream", "application/json" })
        {
            var answer = await RawRequest.SendAsync(_hub.Address, $"{method} {path} HTTP/1.1\r\nHost: {_hub.Address.Authority}\r\nConnection: close\r\nContent-Length: 0\r\nAccept: {accept}\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
            Assert.Contains("\r\nContent-Type: application/problem+json\r\n", answer, StringComparison.Ordinal);
            Assert.Equal(method != "HEAD", answer.Contains("two slashes", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("//api/notifications", "application/problem+json")]
    [InlineData("//history", "text/html")]
    [InlineData("/access//operators", "text/html")]
    [InlineData("//", "text/html")]
    public async Task Browser_request_with_a_double_slash_gets_a_page_and_under_the_API_a_problem(string path, string contentType)
    {
        var answer = await RawRequest.SendAsync(_hub.Address, $"GET {path} HTTP/1.1\r\nHost: {_hub.Address.Authority}\r\nConnection: close\r\nAccept: text/html,*/*;q=0.8\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Type: {contentType}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "x", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    [InlineData("application/x-www-form-urlencoded", "streamId=x", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    [InlineData("application/json", "{x", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("application/json", "", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("application/json", "{\"streamId\":5}", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("application/json", "{\"streamId\":\"\u00ff\"}", HttpStatusCode.BadRequest, "invalid")]
    public async Task A_body_that_an_endpoint_cannot_read_gets_a_problem_in_production_too(string contentType, string body, HttpStatusCode status, string kind)
    {
        var hub = production.Hub;
        using var content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = new(contentType);
        using var answer = await hub.Http.PostAsync(new Uri(hub.Address, "/api/presence"), content, TestContext.Current.CancellationToken);
        await ProblemAssert.IsAsync(answer, status, kind);
    }

    public sealed class InProduction() : SharedServer(("environment", "Production"));
}
