using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Demo;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Demo;

public sealed class DemoTokenTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private HubServer _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _hub = Hubs.Start(_time, Jwt.Pairs);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Persona_token_grants_public_demo_topics_and_its_own_private_topic_for_an_hour()
    {
        var token = await TokenAsync("alice");
        using var stream = await _hub.OpenAsAsync(token);
        await _hub.PublishAsync(new { topic = "demo/bob", data = "for Bob", @private = true });
        await _hub.PublishAsync(new { topic = "demo/alice", data = "hers", @private = true });
        await _hub.PublishAsync(new { topic = "demo/bell", data = "public" });
        Assert.Equal(["hers", "public"], await stream.DataAsync(2));
        _time.Advance(DemoTokens.Lifetime + RecipientTokens.Skew);
        Assert.Equal(HttpStatusCode.Unauthorized, await _hub.TryAsync(token));
        Assert.NotEqual(Recipient(await _hub.TicketAsync(await TokenAsync("alice"))), Recipient(await _hub.TicketAsync(await TokenAsync("bob"))));
        Assert.Equal(Recipient(await _hub.TicketAsync(await TokenAsync("alice"))), Recipient(await _hub.TicketAsync(await TokenAsync("alice"))));
    }

    [Fact]
    public async Task Demo_token_grants_only_demo_topics_whatever_it_claims()
    {
        var key = _hub.Services.GetRequiredService<ISecretStore>().Read(DemoTokens.Secret);
        var claims = new
        {
            iss = DemoTokens.IssuerName,
            aud = DemoTokens.IssuerName,
            inbox = new[] { "users/alice", "demo/bell", "demonstration" },
            authorization_details = new[] { new { actions = new[] { "subscribe" }, topics = new object[] { "orders/1", "demo-x", new { match = "*" }, new { match = ":a/alice" }, new { match = "demo/:x" }, new { match = "de*" } } } },
        };
        var token = Make("demo/alice", claims);
        var alice = await _hub.Services.GetRequiredService<RecipientTokens>().ReadAsync(token, Cancellation);
        Assert.Equal(["broadcast", "demo/alice", "demo/bell"], alice!.InboxTopics);
        Assert.All(["demo/alice", "demo/bell", "demo-x", "demo/bob"], topic => Assert.True(alice.Granted.MatchesTopic(topic), topic));
        Assert.All(["users/alice", "users/demo%2Falice", "orders/1", "demonstration", "broadcast", "x"], topic => Assert.False(alice.Granted.MatchesTopic(topic), topic));
        // No persona, no demo: its key makes nobody else.
        Assert.Equal(HttpStatusCode.Unauthorized, await _hub.TryAsync(Make("alice", claims)));
        Assert.Equal(HttpStatusCode.Unauthorized, await _hub.TryAsync(Make("alice", new { })));

        string Make(string sub, object given) => Jwt.Make(Jwt.Payload(sub, given, _time.GetUtcNow()), new { alg = "HS256" }, input => HMACSHA256.HashData(key, input));
    }

    [Theory]
    [InlineData("Streams:AllowAnonymous", "")]
    [InlineData("Streams:AllowAnonymousEarliest", "?last_event_id=earliest")]
    public async Task Stream_with_a_demo_token_is_refused_where_anonymous_streams_are(string setting, string query)
    {
        await _hub.RestartAsync(new() { [setting] = "false" });
        using var answer = await _hub.SendAsync(HttpMethod.Get, "/sse-stream" + query, await TokenAsync("alice"), null);
        await ProblemAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Demo_tokens_are_neither_issued_nor_accepted_when_the_demo_is_off()
    {
        var token = await TokenAsync("bob");
        await _hub.RestartAsync(new() { ["Demo:Enabled"] = "false" });
        Assert.Equal(HttpStatusCode.Unauthorized, await _hub.TryAsync(token));
        using var answer = await AskAsync("bob");
        await ProblemAssert.IsAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Demo_token_for_an_unknown_persona_is_refused()
    {
        using var answer = await AskAsync("mallory");
        Assert.Equal(["persona_unknown"], await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "invalid"));
        // As a badge asks, whose token-url is all that it has.
        using var named = await _hub.SendAsync(HttpMethod.Post, "/api/demo/tokens?persona=bob", null, withKey: false);
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        using var stranger = await _hub.SendAsync(HttpMethod.Post, "/api/demo/tokens?persona=mallory", null, withKey: false);
        Assert.Equal(["persona_unknown"], await ProblemAssert.IsAsync(stranger, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Configured_issuer_that_equals_the_demo_issuer_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        var (code, errors) = await ProgramStart.FailAsync(folder, ("Access:Tokens:Issuer", DemoTokens.IssuerName));
        Assert.Equal(1, code);
        Assert.StartsWith("Access:Tokens:Issuer ", errors, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> AskAsync(string persona) => _hub.SendAsync(HttpMethod.Post, "/api/demo/tokens", JsonContent.Create(new { persona }), withKey: false);

    private async Task<string> TokenAsync(string persona)
    {
        using var answer = await AskAsync(persona);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("token").GetString()!;
    }

    private static string? Recipient(JsonElement ticket) => ticket.GetProperty("recipient").GetString();
}
