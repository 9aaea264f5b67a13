using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public class ApiKeyAccessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_with_a_key_carries_the_name_actions_and_topics_of_the_key()
    {
        await using var probe = await AccessProbe.StartAsync();
        var key = await probe.AddKeyAsync(Actions.Publish, Actions.Read);
        using var answer = await probe.SendAsync(HttpMethod.Post, "/api/publish", $"Bearer {key}");
        Assert.Equal("Key shop publish,read orders/:id,news", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_key_without_the_action_is_forbidden()
    {
        await using var probe = await AccessProbe.StartAsync();
        var key = await probe.AddKeyAsync(Actions.Read);
        using var answer = await probe.SendAsync(HttpMethod.Post, "/api/publish", $"Bearer {key}");
        await AssertProblemAsync(answer, HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/api/operator")]
    [InlineData("/api/sender")]
    public async Task Key_with_all_actions_is_refused_by_operator_endpoints(string path)
    {
        await using var probe = await AccessProbe.StartAsync();
        var key = await probe.AddKeyAsync([.. Actions.All]);
        using var answer = await probe.SendAsync(HttpMethod.Get, path, $"Bearer {key}");
        await AssertProblemAsync(answer, HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/api/read")]
    [InlineData("/sse-stream")]
    public async Task Bad_credentials_are_refused_even_with_a_valid_cookie_or_on_a_public_endpoint(string path)
    {
        await using var probe = await AccessProbe.StartAsync();
        await probe.SignInAsync(Roles.Admin);
        var key = await probe.AddKeyAsync(Actions.Read);
        foreach (var bad in new[] { "Bearer nd_unknown", "Bearer", $"Basic {key}, Bearer {key}", $"Digest username=\"mara\", Bearer {key}", $"Token {key}", $"Bearer {key}, Basic bWFyYTp4", $"Bearer {key} {key}", key, $"Bearer {key}x", "Bearer a.b", $"Bearer {new string('k', 300)}", "" })
        {
            using var answer = await probe.SendAsync(HttpMethod.Get, path, bad);
            await AssertProblemAsync(answer, HttpStatusCode.Unauthorized);
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
        using var good = await probe.SendAsync(HttpMethod.Get, path, $"bearer {key}");
        Assert.StartsWith("Key shop", await good.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic bWFyYTpzZWNyZXQ=")]
    [InlineData("basic bWFyYTpzZWNyZXQ=")]
    [InlineData("Basic")]
    [InlineData("Negotiate YIIZoAYGKwYBBQUCoIIZlDCCGZCg")]
    [InlineData("NTLM TlRMTVNTUAABAAAAB4IIogAAAAA=")]
    [InlineData("Digest username=\"mara\", realm=\"proxy\", nonce=\"a.b.c\", uri=\"/\", response=\"0f\"")]
    public async Task Authorization_header_with_a_proxy_scheme_is_ignored(string header)
    {
        await using var probe = await AccessProbe.StartAsync();
        using var stream = await probe.SendAsync(HttpMethod.Get, "/sse-stream", header);
        Assert.Equal("nobody", await stream.Content.ReadAsStringAsync(Cancellation));
        using var without = await probe.SendAsync(HttpMethod.Get, "/api/read", header);
        await AssertProblemAsync(without, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", without.Headers.WwwAuthenticate.ToString());
        await probe.SignInAsync(Roles.Viewer);
        using var signedIn = await probe.SendAsync(HttpMethod.Get, "/api/operator", header);
        Assert.StartsWith("Operator", await signedIn.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer §", "Bearer §")]
    [InlineData("Basic bWFyYTp4", "Bearer §")]
    [InlineData("Bearer §", "Basic bWFyYTp4")]
    public async Task Request_with_two_authorization_headers_of_which_one_is_bearer_is_refused(string first, string second)
    {
        await using var probe = await AccessProbe.StartAsync();
        var key = await probe.AddKeyAsync(Actions.Read);
        var answer = await RawRequest.SendAsync(probe.Address, $"GET /sse-stream HTTP/1.1\r\nHost: {probe.Address.Authority}\r\nConnection: close\r\n"
            + $"Authorization: {first.Replace("§", key, StringComparison.Ordinal)}\r\nAuthorization: {second.Replace("§", key, StringComparison.Ordinal)}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        await using var probe = await AccessProbe.StartAsync();
        var key = await probe.AddKeyAsync(Actions.Read);
        using var before = await probe.SendAsync(HttpMethod.Get, "/api/read", $"Bearer {key}");
        var found = await probe.Get<ApiKeys>().FindAsync(key, Cancellation);
        Assert.True(await probe.Get<ApiKeys>().RevokeAsync("mara", found!.Id, "shop"));
        using var after = await probe.SendAsync(HttpMethod.Get, "/api/read", $"Bearer {key}");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
        Assert.False(await probe.Get<ApiKeys>().RevokeAsync("mara", found.Id, "shop"));
    }

    [Fact]
    public async Task A_key_revoked_elsewhere_is_refused_within_ten_seconds()
    {
        var time = new SettableTime();
        await using var probe = await AccessProbe.StartAsync(time);
        var key = await probe.AddKeyAsync(Actions.Read);
        var found = await probe.Get<ApiKeys>().FindAsync(key, Cancellation);
        await probe.Get<IApiKeyStore>().RevokeAsync(found!.Id, new("key-revoked", "test"));
        time.Advance(ApiKeys.Trust);
        Assert.Null(await probe.Get<ApiKeys>().FindAsync(key, Cancellation));
    }

    [Fact]
    public async Task Without_credentials_the_API_answers_401_and_never_redirects()
    {
        await using var probe = await AccessProbe.StartAsync();
        using var answer = await probe.SendAsync(HttpMethod.Get, "/api/read");
        await AssertProblemAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        using var stream = await probe.SendAsync(HttpMethod.Get, "/sse-stream");
        Assert.Equal("nobody", await stream.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Last_use_of_a_key_is_written_at_the_stop()
    {
        await using var server = Hubs.Start();
        await server.PublishAsync(new { topic = "t", title = "T" });
        Assert.Null(await LastUseAsync());
        await server.RestartAsync();
        Assert.NotNull(await LastUseAsync());

        async Task<DateTimeOffset?> LastUseAsync() =>
            Assert.Single(await server.Services.GetRequiredService<IApiKeyStore>().ListAsync(Cancellation)).LastUsedAt;
    }

    [Fact]
    public async Task Key_text_is_never_stored_and_its_last_use_is_recorded_in_the_background()
    {
        var time = new SettableTime();
        await using var probe = await AccessProbe.StartAsync(time);
        var key = await probe.AddKeyAsync(Actions.Read);
        using var _ = await probe.SendAsync(HttpMethod.Get, "/api/read", $"Bearer {key}");
        await probe.Get<ApiKeyUses>().FlushAsync();
        await using var connection = await probe.Get<NotifyDashboard.Storage.Sqlite.SqliteDataSource>().OpenConnectionAsync(Cancellation);
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), connection.ExecuteScalar<long>("SELECT last_used_at FROM api_keys"));
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT count(*) FROM api_keys WHERE name || origin || actions || topics LIKE '%' || @key || '%' OR hash = CAST(@key AS BLOB)", new { key }));
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.All(["type", "title", "detail"], field => Assert.NotEmpty(problem.GetProperty(field).GetString()!));
    }
}
