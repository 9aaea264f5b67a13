using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>What an application does that knows its recipients: tokens, and the hub's settings for them.</summary>
public static class Tokens
{
    private const string Secret = "the ferry leaves at six forty, every day";

    public static Dictionary<string, string> Environment => new()
    {
        ["Access__Tokens__Issuer"] = "https://shop.example",
        ["Access__Tokens__Keys__0__Secret"] = Secret,
    };

    public static string Make(string sub, TimeSpan lives, params string[] inbox)
    {
        static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
        var claims = new { iss = "https://shop.example", aud = "notifydashboard", sub, exp = DateTimeOffset.UtcNow.Add(lives).ToUnixTimeSeconds(), inbox };
        var input = $"{Encode("{\"alg\":\"HS256\"}"u8.ToArray())}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{input}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(input)))}";
    }
}
