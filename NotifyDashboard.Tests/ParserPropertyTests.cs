using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests;

/// <summary>Whatever is sent, the answer says what is wrong with it and comes soon: a parser's own error would be a 500.</summary>
public sealed class ParserPropertyTests(SharedTokenServer shared) : IClassFixture<SharedTokenServer>
{
    private const int Seed = 19;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // As they stand within a JSON string.
    private static readonly string[] Texts =
    [
        "", "x", @"\ud800", @"\udc00\ud800", @"a\ud83d", @"\ud83d\ude00", @"\u0000", @"\u001b[2J", @"\u202e", @"\ufeff", @"\r\n", @"\u2028", "*", "a*b", ":a/:b", "::", ":ü", "a/*", "{a}", "(", "%", "%00", "%ED%A0%80", "+", "&", "=",
        "' OR 1=1--", @"\""unbalanced", "NEAR(", "a AND OR", "- *", @"\""", "🎉", "ﬁ", "x-1", "-", "e1-0", "e1-9223372036854775807", "e1-9223372036854775808", "e1-00", "earliest",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z", "2026-01-31T12:00:00.99999999999Z", "2099-01-01T00:00:00Z", "true", "critical", "http://[", "//evil", "/ok", "Europe/Berlin", "22:00", "24:00", new('x', 600),
    ];

    private static readonly string[] Values =
        ["null", "true", "0", "-1", "1", "7.5", "1e999", "-1e308", "9223372036854775808", "[]", "[[]]", "[null]", "{}", """{"a":{"a":1}}""", """{"a":1,"a":2}""", new string('[', 40) + new string(']', 40)];

    private static readonly string[] Names =
    [
        "topic", "topics", "type", "private", "title", "body", "severity", "url", "icon", "tags", "actions", "data", "retry", "externalId", "collapseKey", "expiresAt", "publishAt", "ids", "upTo", "until", "forSeconds", "label",
        "muted", "types", "quietHours", "from", "to", "timeZone", "criticalBreaksThrough", "streamId", "tabs", "page", "visible", "persona", "what", "match", "q", "before", "limit", "tab", "sub", "envelope", "last_event_id", "ticket",
    ];

    private static readonly string[] Claims = ["iss", "aud", "sub", "exp", "nbf", "iat", "inbox", "authorization_details", "name", "jti", "actions", "topics", "match", "type"];

    private readonly HubServer _hub = shared.Hub;

    [Theory]
    [InlineData("POST", "/api/notifications", "application/json")]
    [InlineData("POST", "/api/notifications", "application/x-ndjson")]
    [InlineData("POST", "/api/notifications", "application/x-www-form-urlencoded")]
    [InlineData("PATCH", "/api/notifications/{id}", "application/json")]
    [InlineData("PATCH", "/api/scheduled/{waits}", "application/json")]
    [InlineData("POST", "/api/inbox/read", "application/json")]
    [InlineData("POST", "/api/inbox/snooze", "application/json")]
    [InlineData("PUT", "/api/inbox/preferences", "application/json")]
    [InlineData("POST", "/api/presence", "application/json")]
    [InlineData("POST", "/api/demo", "application/json")]
    [InlineData("POST", "/api/demo/tokens", "application/json")]
    public async Task Random_body_is_accepted_or_refused_without_a_server_error(string method, string path, string contentType)
    {
        var random = new Random(Seed);
        var id = await _hub.PublishAsync(new { title = "T" });
        var waits = await _hub.PublishAsync(new { title = "T", publishAt = DateTimeOffset.UtcNow.AddDays(1) });
        path = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{waits}", waits, StringComparison.Ordinal);
        string[] fixedBodies = [.. Texts.SelectMany(text => new[] { $$"""{"{{text}}":1}""", $$"""{"publishAt":"{{text}}"}""", $"\"{text}\"" }), .. Values];
        for (var i = 0; i < fixedBodies.Length + Effort.Of(150, thorough: 3_000); i++)
        {
            var text = i < fixedBodies.Length ? fixedBodies[i] : contentType.Contains("form", StringComparison.Ordinal) ? Query(random) : contentType.Contains("ndjson", StringComparison.Ordinal) ? $"{Object(random, Names)}\n{Object(random, Names)}" : random.Next(8) == 0 ? $"[{Object(random, Names)},{Object(random, Names)}]" : Object(random, Names);
            var bytes = Bent(random, Encoding.UTF8.GetBytes(text));
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new(contentType);
            using var request = new HttpRequestMessage(new(method), new Uri(_hub.Address, path)) { Content = content };
            request.Headers.Authorization = path.StartsWith("/api/inbox", StringComparison.Ordinal) ? new AuthenticationHeaderValue("Bearer", Jwt.Of("alice")) : Hubs.Bearer;
            await AnswersAsync(request, $"{method} {path} {Convert.ToBase64String(bytes)}");
        }
    }

    [Theory]
    [InlineData("/sse-stream")]
    [InlineData("/api/notifications")]
    [InlineData("/api/notifications/{text}")]
    [InlineData("/api/scheduled/{text}")]
    [InlineData("/api/inbox")]
    [InlineData("/api/inbox/counts")]
    [InlineData("/api/recipients")]
    public async Task Random_query_pattern_or_cursor_is_accepted_or_refused_without_a_server_error(string path)
    {
        var random = new Random(Seed);
        for (var i = 0; i < Names.Length + Texts.Length + Effort.Of(150, thorough: 3_000); i++)
        {
            // Each text once in each place that takes one, then by chance.
            var one = Escape(random, Texts[i % Texts.Length]);
            var query = i < Texts.Length ? $"match={one}&topic={one}&before={one}&q={one}&from={one}&tab={one}&sub={one}&last_event_id={one}" : Query(random);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_hub.Address, $"{path.Replace("{text}", one, StringComparison.Ordinal)}?{query}"));
            request.Headers.Authorization = path.StartsWith("/api/inbox", StringComparison.Ordinal) ? new AuthenticationHeaderValue("Bearer", Jwt.Of("alice")) : Hubs.Bearer;
            request.Headers.TryAddWithoutValidation("Last-Event-ID", Texts[random.Next(Texts.Length)].Where(char.IsAscii).ToArray() is { Length: > 0 } ascii ? new string(ascii) : "x");
            await AnswersAsync(request, request.RequestUri!.ToString());
        }
    }

    [Fact]
    public async Task Random_signed_token_is_accepted_or_refused_without_a_server_error()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Effort.Of(300, thorough: 5_000); i++)
        {
            var payload = Jwt.Payload("alice")[..^1] + "," + Object(random, Claims)[1..];
            var header = random.Next(4) == 0 ? """{"alg":"HS256",""" + Object(random, ["kid", "typ", "cty", "crit", "jku", "x5c"])[1..] : """{"alg":"HS256"}""";
            var input = $"{Jwt.Encode(Bent(random, Encoding.UTF8.GetBytes(header)))}.{Jwt.Encode(Bent(random, Encoding.UTF8.GetBytes(payload)))}";
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_hub.Address, "/api/stream-tickets"));
            request.Headers.Authorization = new("Bearer", $"{input}.{Jwt.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Jwt.Secret), Encoding.ASCII.GetBytes(input)))}");
            await AnswersAsync(request, $"{header} {payload}");
        }
    }

    private async Task AnswersAsync(HttpRequestMessage request, string what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Timeout);
        using var answer = await _hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError || answer.StatusCode == HttpStatusCode.ServiceUnavailable && what.Contains("q=", StringComparison.Ordinal), $"{answer.StatusCode}: {what}");
    }

    private static string Object(Random random, string[] names) =>
        $"{{{string.Join(',', Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"\"{(random.Next(12) == 0 ? Any(random, Texts) : Any(random, names))}\":{Value(random, names, 0)}"))}}}";

    private static string Value(Random random, string[] names, int depth) => random.Next(depth > 2 ? 4 : 7) switch
    {
        0 or 1 or 2 => $"\"{Any(random, Texts)}{(random.Next(3) == 0 ? Any(random, Texts) : "")}\"",
        3 => Any(random, Values),
        4 or 5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, names, depth + 1)))}]",
        _ => $"{{\"{Any(random, names)}\":{Value(random, names, depth + 1)},\"{Any(random, names)}\":{Value(random, names, depth + 1)}}}",
    };

    private static string Query(Random random) => string.Join('&', Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"{Any(random, Names)}={Escape(random, Any(random, Texts))}"));

    // Mostly what it says; now and then as it stands, which is another query, or bytes that are no UTF-8.
    private static string Escape(Random random, string text) => random.Next(6) switch { 0 => text.Replace("/", "", StringComparison.Ordinal), 1 => Uri.EscapeDataString(text) + "%ED%A0%80", _ => Uri.EscapeDataString(text) };

    private static string Any(Random random, string[] from) => from[random.Next(from.Length)];

    private static byte[] Bent(Random random, byte[] bytes)
    {
        if (bytes.Length == 0 || random.Next(5) != 0) return bytes;
        if (random.Next(2) == 0) return bytes[..random.Next(bytes.Length)];
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
