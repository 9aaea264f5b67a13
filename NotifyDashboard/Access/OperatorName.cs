using System.Globalization;
using System.Text;

namespace NotifyDashboard.Access;

/// <summary>The rules of an operator's name, in one place.</summary>
public static class OperatorName
{
    public const int MaxLength = 64;

    /// <summary>Checks a name; <paramref name="clean"/> is what is kept: trimmed and composed.</summary>
    /// <returns>The fault as a sentence, or null.</returns>
    public static string? Fault(string? name, out string clean)
    {
        clean = "";
        var typed = name?.Trim() ?? "";
        if (typed.Length == 0) return "Type a name.";
        if (typed.EnumerateRunes().Count() > MaxLength) return $"Use at most {MaxLength} characters.";
        if (typed.EnumerateRunes().Any(IsInvisible)) return "Leave out line breaks and other invisible characters.";
        clean = typed.Normalize();
        return null;
    }

    /// <summary>What makes two names the same: neither case nor the way an accent was typed.</summary>
    public static string Key(string name)
    {
        // A name that no rule has seen yet may hold half a surrogate pair, which Normalize refuses.
        var whole = string.Concat(name.Trim().EnumerateRunes());
        return whole.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
    }

    // Direction marks and zero-width characters would let one name pass for another.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate || rune == Rune.ReplacementChar;
}
