using System.Net;
using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Access;

public class OperatorAccessTests
{
    private static StringContent Json => new("{}", System.Text.Encoding.UTF8, "application/json");

    [Theory]
    [InlineData(Roles.Viewer, "/api/read", HttpStatusCode.OK)]
    [InlineData(Roles.Viewer, "/api/operator", HttpStatusCode.OK)]
    [InlineData(Roles.Viewer, "/api/sender", HttpStatusCode.Forbidden)]
    [InlineData(Roles.Sender, "/api/sender", HttpStatusCode.OK)]
    [InlineData(Roles.Admin, "/api/sender", HttpStatusCode.OK)]
    public async Task Role_opens_only_the_endpoints_it_allows(string role, string path, HttpStatusCode status)
    {
        await using var probe = await AccessProbe.StartAsync();
        await probe.SignInAsync(role);
        using var answer = await probe.SendAsync(HttpMethod.Get, path);
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData(Roles.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Sender, HttpStatusCode.OK)]
    public async Task Publish_as_JSON_with_a_cookie_from_the_hubs_own_origin_requires_the_sender_role(string role, HttpStatusCode status)
    {
        await using var probe = await AccessProbe.StartAsync();
        await probe.SignInAsync(role);
        using var answer = await probe.SendAsync(HttpMethod.Post, "/api/publish", content: Json, origin: probe.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Publish_with_a_cookie_is_accepted_only_from_an_allowed_origin()
    {
        await using var probe = await AccessProbe.StartAsync();
        await probe.SignInAsync(Roles.Admin);
        using var friend = await probe.SendAsync(HttpMethod.Post, "/api/publish", content: Json, origin: AccessProbe.Friend);
        using var foreign = await probe.SendAsync(HttpMethod.Post, "/api/publish", content: Json, origin: "https://evil.example");
        using var opaque = await probe.SendAsync(HttpMethod.Post, "/api/publish", content: Json, origin: "null");
        using var none = await probe.SendAsync(HttpMethod.Post, "/api/publish", content: Json);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            new[] { friend, foreign, opaque, none }.Select(answer => answer.StatusCode));
        Assert.Equal("application/problem+json", foreign.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Request_with_a_cookie_and_a_form_or_a_text_body_returns_415(string method)
    {
        await using var probe = await AccessProbe.StartAsync();
        await probe.SignInAsync(Roles.Admin);
        var own = probe.Address.GetLeftPart(UriPartial.Authority);
        using var form = await probe.SendAsync(new(method), "/api/publish", content: new FormUrlEncodedContent([new("title", "x")]), origin: own);
        using var text = await probe.SendAsync(new(method), "/api/publish", content: new StringContent("{}"), origin: own);
        using var untyped = await probe.SendAsync(new(method), "/api/publish", content: new ByteArrayContent("{}"u8.ToArray()), origin: own);
        Assert.All([form, text, untyped], answer => Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Request_with_a_cookie_and_no_body_is_accepted_only_from_an_allowed_origin(string method)
    {
        await using var probe = await AccessProbe.StartAsync();
        await probe.SignInAsync(Roles.Admin);
        string?[] origins = [probe.Address.GetLeftPart(UriPartial.Authority), AccessProbe.Friend, "https://evil.example", "null", null];
        List<HttpStatusCode> statuses = [];
        foreach (var origin in origins)
        {
            using var answer = await probe.SendAsync(new(method), "/api/publish", origin: origin);
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], statuses);
    }

    [Fact]
    public async Task A_key_may_send_a_form_from_anywhere()
    {
        await using var probe = await AccessProbe.StartAsync();
        await probe.SignInAsync(Roles.Viewer);
        var key = await probe.AddKeyAsync(Actions.Publish);
        using var answer = await probe.SendAsync(HttpMethod.Post, "/api/publish", $"Bearer {key}", new FormUrlEncodedContent([new("title", "x")]), "https://evil.example");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(AccessProbe.Friend, true)]
    [InlineData("https://evil.example", false)]
    public async Task Pages_of_allowed_origins_may_read_without_cookies(string origin, bool allowed)
    {
        await using var probe = await AccessProbe.StartAsync();
        using var answer = await probe.SendAsync(HttpMethod.Get, "/sse-stream", origin: origin);
        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var value) && value.Single() == origin);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
