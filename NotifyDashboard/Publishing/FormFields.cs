using System.Net;
using System.Text;

namespace NotifyDashboard.Publishing;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> as browsers do (WHATWG URL, 5.1), except that invalid UTF-8 is refused.</summary>
/// <remarks>The framework's <c>FormReader</c> drops a name without "=" and replaces invalid UTF-8 with U+FFFD; neither can be disabled.</remarks>
internal static class FormFields
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The values by name; names and values are in the order of the form. A name without "=" has an empty value.</returns>
    /// <exception cref="DecoderFallbackException">A name or a value is not valid UTF-8.</exception>
    public static ILookup<string, string> Read(ReadOnlySpan<byte> form)
    {
        var fields = new List<(string Name, string Value)>();
        foreach (var range in form.Split((byte)'&'))
        {
            var field = form[range];
            if (field.IsEmpty) continue;
            var end = field.IndexOf((byte)'=');
            fields.Add(end < 0 ? (Decode(field), "") : (Decode(field[..end]), Decode(field[(end + 1)..])));
        }
        return fields.ToLookup(field => field.Name, field => field.Value);
    }

    private static string Decode(ReadOnlySpan<byte> encoded) => Utf8.GetString(WebUtility.UrlDecodeToBytes(encoded.ToArray(), 0, encoded.Length));
}
