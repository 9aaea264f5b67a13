using System.Globalization;
using System.Text;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>The rules of an operator's name, in one place.</summary>
public static class OperatorName
{
    public const int MaxLength = 64;

    // In the audit, and as the maker of a link, these are the hub itself.
    private static readonly HashSet<string> Reserved = [.. new[] { Actor.CommandLine, AuditActors.Configuration, AuditActors.SetUpLink(null), AuditActors.Nobody(null) }.Select(actor => Key(actor.Name))];

    /// <summary>Checks a name; <paramref name="clean"/> is what is kept: trimmed and composed.</summary>
    /// <returns>The fault as a sentence, or null.</returns>
    public static string? Fault(string? name, out string clean)
    {
        clean = "";
        var typed = name?.Trim() ?? "";
        var key = Key(typed);
        if (key.Length == 0) return "Type a name.";
        if (typed.EnumerateRunes().Count() > MaxLength) return $"Use at most {MaxLength} characters.";
        if (typed.EnumerateRunes().Any(IsInvisible)) return "Leave out line breaks and other invisible characters.";
        if (Reserved.Contains(key)) return "This name is the hub's own. Take another.";
        clean = typed.Normalize();
        return null;
    }

    /// <summary>The same for names that differ only in case, in the way an accent was typed, or in joiners and direction marks.</summary>
    public static string Key(string name)
    {
        // A name that no rule has seen yet may hold half a surrogate pair, which Normalize refuses.
        var whole = string.Concat(name.EnumerateRunes().Where(rune => !IsJoinerOrMark(rune)));
        return whole.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
    }

    // ZWNJ, ZWJ, LRM and RLM: words of Persian, Hindi or Hebrew need them.
    private static bool IsJoinerOrMark(Rune rune) => rune.Value is >= 0x200C and <= 0x200F;

    // Bidirectional controls and zero-width characters would let one name pass for another.
    private static bool IsInvisible(Rune rune) => !IsJoinerOrMark(rune) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate || rune == Rune.ReplacementChar;
}
