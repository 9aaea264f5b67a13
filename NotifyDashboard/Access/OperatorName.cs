using System.Globalization;
using System.Text;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>The rules for operators' names.</summary>
public static class OperatorName
{
    public const int MaxLength = 64;

    // In the audit, and as the creator of a link, these names mean the hub itself.
    private static readonly HashSet<string> Reserved = [.. new[] { Actor.CommandLine, AuditActors.Configuration, AuditActors.SetUpLink(null), AuditActors.Nobody(null) }.Select(actor => Key(actor.Name))];

    /// <summary>Validates a name. <paramref name="clean"/> is the form to store: trimmed, in Unicode normalisation form C; empty for an invalid name.</summary>
    /// <returns>The validation error as a sentence, or null.</returns>
    public static string? FindError(string? name, out string clean)
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

    /// <summary>The key for comparing names: equal for names that differ only in case, compatibility forms (Unicode NFKC), joiners or direction marks.</summary>
    public static string Key(string name)
    {
        // A name that is not validated yet may contain a lone surrogate, which makes Normalize throw; EnumerateRunes replaces it.
        var whole = string.Concat(name.EnumerateRunes().Where(rune => !IsJoinerOrMark(rune)));
        return whole.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
    }

    // ZWNJ, ZWJ, LRM and RLM: Persian, Hindi and Hebrew text needs them.
    private static bool IsJoinerOrMark(Rune rune) => rune.Value is >= 0x200C and <= 0x200F;

    // Bidirectional controls and zero-width characters could make one name look like another.
    private static bool IsInvisible(Rune rune) => !IsJoinerOrMark(rune) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate || rune == Rune.ReplacementChar;
}
