using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access.Tokens;

public class TokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_determines_the_recipient_the_inbox_topics_and_the_granted_topics()
    {
        await using var hub = Hubs.Start(Jwt.Pairs);
        var alice = await ReadAsync(hub, Jwt.Of("alice", new
        {
            inbox = new[] { "orders/7", "broadcast" },
            authorization_details = new object[]
            {
                new { actions = new[] { "subscribe" }, topics = new object[] { "news", new { match = "teams/:id" } } },
                new { type = "notifydashboard", actions = new[] { "read", "subscribe" }, topics = new[] { "more" } },
                new { type = "payment", actions = new[] { "subscribe" }, topics = new[] { "of another" } },
                new { actions = new[] { "publish" }, topics = new[] { "not subscribed" } },
            },
        }));
        Assert.Equal(("alice", 3), (alice!.Id, alice.InboxTopics.Count));
        Assert.Equal(["broadcast", "users/alice", "orders/7"], alice.InboxTopics);
        Assert.All(["users/alice", "orders/7", "broadcast", "news", "teams/3", "more"], topic => Assert.True(alice.Granted.MatchesTopic(topic), topic));
        Assert.All(["users/bob", "teams/3/x", "of another", "not subscribed", "users/alice/x"], topic => Assert.False(alice.Granted.MatchesTopic(topic), topic));
        Assert.False((await ReadAsync(hub, Jwt.Of("bob")))!.Granted.MatchesTopic("broadcast"));
    }

    [Theory]
    [InlineData("alice", "users/alice")]
    [InlineData("alice/admin", "users/alice%2Fadmin")]
    [InlineData("alice%2Fadmin", "users/alice%252Fadmin")]
    [InlineData("jürgen@shop", "users/jürgen@shop")]
    public void Sub_claim_with_a_slash_or_percent_sign_is_escaped_in_the_recipient_topic(string sub, string topic) => Assert.Equal(topic, Recipient.TopicOf(sub));

    [Fact]
    public async Task Recipient_handle_hides_the_name_and_survives_a_restart()
    {
        await using var hub = Hubs.Start(Jwt.Pairs);
        var before = await ReadAsync(hub, Jwt.Of("alice"));
        Assert.NotEqual(before!.Handle, (await ReadAsync(hub, Jwt.Of("bob")))!.Handle);
        Assert.DoesNotContain("alice", before.Handle, StringComparison.Ordinal);
        await hub.RestartAsync();
        Assert.Equal(before.Handle, (await ReadAsync(hub, Jwt.Of("alice")))!.Handle);
    }

    [Fact]
    public async Task Key_rotation_accepts_old_and_new_keys_and_kid_selects_one()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var hub = Hubs.Start(
            ("Access:Tokens:Issuer", Jwt.Issuer),
            ("Access:Tokens:Keys:0:Id", "old"), ("Access:Tokens:Keys:0:PublicKey", rsa.ExportSubjectPublicKeyInfoPem()),
            ("Access:Tokens:Keys:1:Id", "new"), ("Access:Tokens:Keys:1:PublicKey", ec.ExportSubjectPublicKeyInfoPem().Replace('\n', ' ')));
        Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(Jwt.Signed(rsa, "old")));
        Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(Jwt.Signed(rsa)));
        Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(Jwt.Signed(ec, "new")));
        Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(Jwt.Signed(ec)));
        Assert.Equal(HttpStatusCode.Unauthorized, await hub.TryAsync(Jwt.Signed(rsa, "new")));
        Assert.Equal(HttpStatusCode.Unauthorized, await hub.TryAsync(Jwt.Signed(ec, "other")));
        Assert.Equal(HttpStatusCode.Unauthorized, await hub.TryAsync(Jwt.Signed(ec, "new", alg: "RS256")));
    }

    [Fact]
    public async Task Token_without_a_configured_key_is_refused()
    {
        await using var hub = Hubs.Start();
        Assert.Equal(HttpStatusCode.Unauthorized, await hub.TryAsync(Jwt.Of("alice")));
    }

    [Fact]
    public async Task Recipient_cookie_is_accepted_only_by_recipient_endpoints()
    {
        await using var hub = Hubs.Start([.. Jwt.Pairs, ("Access:Tokens:Cookie", "shop_notify")]);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Unauthorized), (await PostAsync("/api/stream-tickets", hub.Address), await GetAsync("/api/notifications")));
        // Another site's page sends the cookie too.
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("/api/stream-tickets", new Uri("https://evil.example")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("/api/stream-tickets", hub.Address, "shop_notify=x.y.z"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/sse-stream", "shop_notify=x.y.z"));
        // The header decides alone, and the ticket before the cookie.
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("/api/stream-tickets", hub.Address, authorization: "Bearer x.y.z"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/sse-stream?ticket=x"));

        Task<HttpStatusCode> GetAsync(string path, string? cookie = null) => SendAsync(HttpMethod.Get, path, null, cookie, null);

        Task<HttpStatusCode> PostAsync(string path, Uri origin, string? cookie = null, string? authorization = null) => SendAsync(HttpMethod.Post, path, origin, cookie, authorization);

        async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, Uri? origin, string? cookie, string? authorization)
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
            using var request = new HttpRequestMessage(method, new Uri(hub.Address, path));
            request.Headers.Add("Cookie", cookie ?? "shop_notify=" + Jwt.Of("alice"));
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin.GetLeftPart(UriPartial.Authority));
                request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            }
            if (authorization is not null) request.Headers.Add("Authorization", authorization);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            return answer.StatusCode;
        }
    }

    private static Task<Recipient?> ReadAsync(HubServer hub, string token) => hub.Services.GetRequiredService<RecipientTokens>().ReadAsync(token, Cancellation);
}
