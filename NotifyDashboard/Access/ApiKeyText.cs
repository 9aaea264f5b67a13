using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NotifyDashboard.Access;

/// <summary>The text of a key, as it is shown once and sent in a header ever after.</summary>
internal static class ApiKeyText
{
    /// <summary>Longest text that is looked up; anything longer is no key of ours.</summary>
    public const int MaxLength = 256;

    private const string Prefix = "nd_";
    private const int RandomBytes = 32;

    /// <summary>256 random bits. base64url has no dot, so that a key is never taken for a token.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
