using System.Buffers;
using System.Globalization;

namespace NotifyDashboard.Hub;

/// <summary>
/// A position in the log's total order, written <c>epoch-sequence</c>: the SSE <c>id:</c> and a notification's id.
/// Ordered and unique within an epoch, so receivers can discard what they have seen.
/// </summary>
/// <param name="Epoch">1–16 lower-case ASCII letters and digits, created with the database or by a restore.</param>
/// <param name="Sequence">Counts from 1; 0 is before the first entry.</param>
public readonly record struct Cursor(string Epoch, long Sequence)
{
    private const int MaxEpochLength = 16;

    private static readonly SearchValues<char> EpochCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>Reads the one spelling that <see cref="ToString"/> writes; anything else is false, never an exception.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Cursor cursor)
    {
        cursor = default;
        var dash = text.IndexOf('-');
        if (dash is < 1 or > MaxEpochLength || text[..dash].ContainsAnyExcept(EpochCharacters)) return false;
        var digits = text[(dash + 1)..];
        // One spelling per position: no sign, no leading zero.
        if (digits.Length is 0 or > 19 || (digits[0] == '0' && digits.Length > 1)) return false;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        cursor = new Cursor(text[..dash].ToString(), sequence);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Sequence}");
}
