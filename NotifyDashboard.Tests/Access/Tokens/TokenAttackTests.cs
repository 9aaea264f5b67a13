using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Demo;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access.Tokens;

/// <summary>Tokens that somebody made up or took: every one gets the same 401, wherever it is sent, and learns nothing from it.</summary>
public sealed class TokenAttackTests(TokenAttackTests.Server server) : IClassFixture<TokenAttackTests.Server>
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly RSA Foreign = RSA.Create(2048);
    private static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly HubServer _hub = server.Hub;

    public sealed class Server : IAsyncDisposable
    {
        public HubServer Hub { get; } = Hubs.Start([.. Jwt.Pairs, ("Access:Tokens:Keys:1:PublicKey", Rsa.ExportSubjectPublicKeyInfoPem())]);

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    [Fact]
    public async Task Valid_token_is_accepted()
    {
        Assert.Equal(HttpStatusCode.Created, await _hub.TryAsync(Jwt.Of("alice")));
        Assert.Equal(HttpStatusCode.Created, await _hub.TryAsync(Jwt.Signed(Rsa)));
        Assert.Equal(HttpStatusCode.Created, await _hub.TryAsync(Jwt.Of("alice", new { aud = new[] { "other", Jwt.Audience } })));
    }

    public static TheoryData<string, string> Attacks()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var good = Jwt.Of("alice").Split('.');
        var pem = Rsa.ExportSubjectPublicKeyInfoPem();
        var cases = new TheoryData<string, string>
        {
            { "signature of another key", Jwt.Of("alice", secret: "another-secret-0123456789-abcdefghijklmnopqrstuvwxyz") },
            { "payload exchanged", $"{good[0]}.{Jwt.Encode(Encoding.UTF8.GetBytes(Jwt.Payload("bob")))}.{good[2]}" },
            { "signature cut off", $"{good[0]}.{good[1]}." },
            { "signature shortened", $"{good[0]}.{good[1]}.{good[2][..10]}" },
            { "none", Jwt.Make(Jwt.Payload("alice"), new { alg = "none" }, _ => []) },
            { "None", Jwt.Make(Jwt.Payload("alice"), new { alg = "None" }, _ => []) },
            { "none, signed", Jwt.Of("alice", header: new { alg = "none" }) },
            { "no alg", Jwt.Of("alice", header: new { typ = "JWT" }) },
            { "alg not on the list", Jwt.Make(Jwt.Payload("alice"), new { alg = "HS512" }, input => HMACSHA512.HashData(Encoding.UTF8.GetBytes(Jwt.Secret), input)) },
            { "HS256 with the public RSA key as PEM", Jwt.Of("alice", secret: pem) },
            { "HS256 with the public RSA key as PEM and a line's end", Jwt.Of("alice", secret: pem + "\n") },
            { "HS256 with the public RSA key as DER", Jwt.Make(Jwt.Payload("alice"), new { alg = "HS256" }, input => HMACSHA256.HashData(Rsa.ExportSubjectPublicKeyInfo(), input)) },
            { "RS256 with the secret", Jwt.Of("alice", header: new { alg = "RS256" }) },
            { "an RSA key of its own in the header", Jwt.Make(Jwt.Payload("alice"), new { alg = "RS256", jwk = Jwk(Foreign) }, input => Foreign.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) },
            { "PS256 of the right key", Jwt.Make(Jwt.Payload("alice"), new { alg = "PS256" }, input => Rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)) },
            { "ES256, of which there is no key", Jwt.Signed(Ec) },
            { "a crit header", Jwt.Of("alice", header: new { alg = "HS256", crit = new[] { "exp" } }) },
            { "wrong issuer", Jwt.Of("alice", new { iss = "https://evil.example" }) },
            { "issuer with a slash more", Jwt.Of("alice", new { iss = Jwt.Issuer + "/" }) },
            { "no issuer", Jwt.Of("alice", new { iss = (string?)null }) },
            { "wrong audience", Jwt.Of("alice", new { aud = "shop" }) },
            { "audience with a slash more", Jwt.Of("alice", new { aud = Jwt.Audience + "/" }) },
            { "no audience", Jwt.Of("alice", new { aud = (string?)null }) },
            { "expired", Jwt.Of("alice", new { exp = now - 61 }) },
            { "no exp", Jwt.Of("alice", new { exp = (string?)null }) },
            { "exp as text", Jwt.Of("alice", new { exp = "9999999999" }) },
            { "not yet valid", Jwt.Of("alice", new { nbf = now + 3600 }) },
            { "no sub", Jwt.Of("alice", new { sub = (string?)null }) },
            { "empty sub", Jwt.Of("") },
            { "a sub with a line's end", Jwt.Of("al\nice") },
            { "a number as sub", Jwt.Of("alice", new { sub = 7 }) },
            { "sub twice", Jwt.Make(Jwt.Payload("bob")[..^1] + ",\"sub\":\"alice\"}", new { alg = "HS256" }, input => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Jwt.Secret), input)) },
            { "a demo persona's sub", Jwt.Of("demo/alice") },
            { "the demo's issuer", Jwt.Of("demo/alice", new { iss = DemoTokens.IssuerName, aud = DemoTokens.IssuerName }) },
            { "an inbox of 49 topics more", Jwt.Of("alice", new { inbox = Enumerable.Range(1, 49).Select(i => $"t/{i}") }) },
            { "an inbox that is no list", Jwt.Of("alice", new { inbox = "orders" }) },
            { "grants of 101 topics", Jwt.Of("alice", new { authorization_details = new[] { new { actions = new[] { "subscribe" }, topics = Enumerable.Range(1, 101).Select(i => $"t/{i}") } } }) },
            { "a pattern that is none", Jwt.Of("alice", new { authorization_details = new[] { new { actions = new[] { "subscribe" }, topics = new[] { new { match = "a*b" } } } } }) },
            { "huge", Jwt.Of(new string('a', 400), new { filler = new string('f', RecipientTokens.MaxLength) }) },
            { "dots", "..." },
            { "two dots", ".." },
            { "no JSON", "bm8.bm8.bm8" },
            { "encrypted", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..a.b.c" },
        };
        return cases;
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Invalid_token_gets_the_same_401_from_every_endpoint(string name, string token)
    {
        Assert.NotEmpty(name);
        using var unknown = await _hub.SendAsync(HttpMethod.Post, "/api/stream-tickets", "x.y.z");
        var said = await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/stream-tickets"), (HttpMethod.Get, "/sse-stream"), (HttpMethod.Get, "/api/notifications"), (HttpMethod.Get, "/healthz/live") })
        {
            using var answer = await _hub.SendAsync(method, path, token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
            await ProblemAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "unauthorized");
            Assert.Equal(Without(said, "traceId"), Without(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "traceId"));
        }
    }

    [Fact]
    public async Task A_minute_of_skew_is_allowed()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.Equal(HttpStatusCode.Created, await _hub.TryAsync(Jwt.Of("alice", new { exp = now - 30 })));
        Assert.Equal(HttpStatusCode.Created, await _hub.TryAsync(Jwt.Of("alice", new { nbf = now + 30 })));
    }

    [Theory]
    [InlineData("?access_token=")]
    [InlineData("?authorization=")]
    public async Task Valid_token_in_the_query_string_is_refused(string query)
    {
        using var answer = await _hub.SendAsync(HttpMethod.Get, "/sse-stream" + query + Jwt.Of("alice"), withKey: false);
        Assert.Equal(["token_in_address"], await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Valid_token_as_a_ticket_is_refused()
    {
        using var answer = await _hub.SendAsync(HttpMethod.Get, "/sse-stream?ticket=" + Jwt.Of("alice"), withKey: false);
        await ProblemAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Token_with_random_bytes_is_refused_without_an_exception()
    {
        var tokens = _hub.Services.GetRequiredService<RecipientTokens>();
        var random = new Random(7);
        var good = Jwt.Of("alice");
        for (var i = 0; i < 20_000; i++)
        {
            var characters = good.ToCharArray();
            for (var change = random.Next(1, 6); change > 0; change--) characters[random.Next(characters.Length)] = (char)random.Next('!', '~' + 1);
            var token = new string(characters)[random.Next(3)..];
            if (token != good) Assert.Null(await tokens.ReadAsync(token, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Token_with_odd_JSON_values_never_causes_an_exception()
    {
        var tokens = _hub.Services.GetRequiredService<RecipientTokens>();
        string[] odd = ["null", "true", "7", "-1e308", "1e999", "[]", "[7]", "[[]]", "{}", "\"\"", "\"x\"", "\"\\ud800\"", new string('[', 200) + new string(']', 200)];
        foreach (var name in new[] { "alg", "kid", "typ", "cty", "enc", "zip", "crit", "x5c", "jku" })
        {
            foreach (var value in odd) await TryAsync(With("""{"alg":"HS256","typ":"JWT"}""", name, value), Jwt.Payload("alice"));
        }
        foreach (var name in new[] { "iss", "aud", "sub", "exp", "nbf", "iat", "inbox", "authorization_details" })
        {
            foreach (var value in odd) await TryAsync("""{"alg":"HS256"}""", With(Jwt.Payload("alice"), name, value));
        }
        foreach (var value in odd)
        {
            await TryAsync("""{"alg":"HS256"}""", value);
            await TryAsync(value, Jwt.Payload("alice"));
            foreach (var member in new[] { "type", "actions", "topics" }) await TryAsync("""{"alg":"HS256"}""", With(Jwt.Payload("alice"), "authorization_details", $$"""[{"actions":["subscribe"],"topics":["a"],"{{member}}":{{value}}}]"""));
        }

        async Task TryAsync(string header, string payload)
        {
            var input = $"{Jwt.Encode(Encoding.UTF8.GetBytes(header))}.{Jwt.Encode(Encoding.UTF8.GetBytes(payload))}";
            foreach (var signature in new[] { Jwt.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Jwt.Secret), Encoding.ASCII.GetBytes(input))), "AAAA" })
            {
                var recipient = await tokens.ReadAsync($"{input}.{signature}", TestContext.Current.CancellationToken);
                Assert.True(recipient is null || (signature != "AAAA" && recipient.Id is "alice" or "x"), $"{header} {payload}");
            }
        }

        // In the place of the member, where it is there.
        static string With(string json, string name, string value)
        {
            var members = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
            members.Remove(name);
            return members.ToJsonString()[..^1] + (members.Count > 0 ? "," : "") + $"\"{name}\":{value}}}";
        }
    }

    [Theory]
    [InlineData("""{"sub":"al\ud800ice"}""")]
    [InlineData("""{"sub":"\udc00"}""")]
    [InlineData("""{"inbox":["orders/\ud800"]}""")]
    [InlineData("""{"inbox":["a","\udfff\ud800"]}""")]
    [InlineData("""{"name":"\ud83d"}""")]
    [InlineData("""{"deeply":{"nested":["\ud800"]}}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"authorization_details":[{"actions":["subscribe"],"topics":["\ud800"]}]}""")]
    [InlineData("""{"authorization_details":[{"actions":["subscribe"],"topics":[{"match":"\ud800"}]}]}""")]
    [InlineData("""{"authorization_details":[{"actions":["\ud800"],"topics":["a"]}]}""")]
    [InlineData("""{"authorization_details":[{"type":"\ud800","actions":["subscribe"],"topics":["a"]}]}""")]
    [InlineData("""{"authorization_details":[{"\ud800":1,"actions":["subscribe"],"topics":["a"]}]}""")]
    [InlineData("""{"aud":["notifydashboard","\ud800"]}""")]
    [InlineData("""{"jti":"\ud800"}""")]
    public async Task Token_with_an_unpaired_surrogate_in_any_claim_is_refused(string claims)
    {
        var payload = System.Text.Json.Nodes.JsonNode.Parse(Jwt.Payload("alice"))!.AsObject();
        foreach (var claim in new[] { "sub", "aud", "inbox" }) if (claims.StartsWith($"{{\"{claim}\"", StringComparison.Ordinal)) payload.Remove(claim);
        var token = Jwt.Make(payload.ToJsonString()[..^1] + "," + claims[1..], new { alg = "HS256" }, input => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Jwt.Secret), input));
        Assert.Equal(HttpStatusCode.Unauthorized, await _hub.TryAsync(token));
        using var stream = await _hub.SendAsync(HttpMethod.Get, "/sse-stream", token);
        using var inbox = await _hub.SendAsync(HttpMethod.Get, "/api/inbox", token);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (stream.StatusCode, inbox.StatusCode));
    }

    private static object Jwk(RSA key)
    {
        var parameters = key.ExportParameters(false);
        return new { kty = "RSA", n = Jwt.Encode(parameters.Modulus!), e = Jwt.Encode(parameters.Exponent!) };
    }

    private static string Without(string json, string member)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        node.Remove(member);
        return node.ToJsonString();
    }
}
