using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Tokens made by hand, without the library that reads them: also those that no library would make.</summary>
internal static class Jwt
{
    public const string Issuer = "https://shop.example";
    public const string Audience = "notifydashboard";
    public const string Secret = "a-secret-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz";

    /// <summary>A server with these takes what <see cref="Of"/> makes.</summary>
    public static Dictionary<string, string?> Settings => new() { ["Access:Tokens:Issuer"] = Issuer, ["Access:Tokens:Keys:0:Secret"] = Secret };

    public static (string Key, string? Value)[] Pairs => [.. Settings.Select(s => (s.Key, s.Value))];

    /// <summary>A good token for an hour, with further claims, or other ones in their place.</summary>
    /// <param name="claims">An object; null members take a claim away.</param>
    public static string Of(string sub, object? claims = null, string secret = Secret, DateTimeOffset? now = null, object? header = null) =>
        Make(Payload(sub, claims, now), header ?? new { alg = "HS256", typ = "JWT" }, input => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), input));

    public static string Payload(string sub, object? claims = null, DateTimeOffset? now = null)
    {
        var seconds = (now ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds();
        var all = JsonSerializer.SerializeToNode(new { iss = Issuer, aud = Audience, sub, iat = seconds, exp = seconds + 3600 })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(claims)?.AsObject().ToArray() ?? [])
        {
            all.Remove(name);
            if (value is not null) all.Add(name, value.DeepClone());
        }
        return all.ToJsonString();
    }

    public static string Make(string payload, object header, Func<byte[], byte[]> sign)
    {
        var input = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{input}.{Encode(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public static string Signed(RSA key, string? kid = null, string alg = "RS256", object? claims = null) =>
        Make(Payload("alice", claims), Header(alg, kid), input => key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Signed(ECDsa key, string? kid = null, string alg = "ES256", object? claims = null) =>
        Make(Payload("alice", claims), Header(alg, kid), input => key.SignData(input, HashAlgorithmName.SHA256));

    private static JsonObject Header(string alg, string? kid)
    {
        var header = new JsonObject { ["alg"] = alg };
        if (kid is not null) header["kid"] = kid;
        return header;
    }

    /// <summary>A request with a token.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this HubServer server, HttpMethod method, string path, string token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Address, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>How a server answers whoever asks for a ticket with this token: 201 or 401.</summary>
    public static async Task<HttpStatusCode> TryAsync(this HubServer server, string token)
    {
        using var answer = await server.SendAsync(HttpMethod.Post, "/api/stream-tickets", token);
        return answer.StatusCode;
    }

    /// <summary>Trades a token for a ticket: the whole answer.</summary>
    public static async Task<JsonElement> TicketAsync(this HubServer server, string token)
    {
        using var answer = await server.SendAsync(HttpMethod.Post, "/api/stream-tickets", token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>Opens a recipient's stream as a page does.</summary>
    public static async Task<StreamReading> OpenAsAsync(this HubServer server, string token, string query = "", string? lastEventId = null) =>
        await server.OpenAsync($"?ticket={(await server.TicketAsync(token)).GetProperty("ticket").GetString()}{query}", lastEventId);
}
