using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NotifyDashboard.Access;

/// <summary>The text of an API key: shown once, then sent in the header <c>Authorization</c>.</summary>
internal static class ApiKeyText
{
    /// <summary>Maximum length in characters; a longer text is rejected without a lookup.</summary>
    public const int MaxLength = 256;

    private const string Prefix = "nd_";
    private const int RandomBytes = 32;

    /// <summary>Creates a text with 256 random bits. base64url contains no dot, so a key is never mistaken for a token.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
