using System.Text;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Folds text in the same way before it is indexed and before it is searched for, so that differences of case, width and ligatures do not matter.
/// Diacritics are removed by FTS5's own tokenizer, which folds case too, but only one letter to one letter and by Unicode 6.1.
/// </summary>
internal static class SearchFolding
{
    // FTS5 treats symbols as separators, depending on its Unicode version, and private-use characters as letters.
    private const int PrivateUse = 0xF0000;

    /// <returns>The text with full case folding (Unicode's CaseFolding.txt, C and F) in NFKC, each emoji as a word of its own.</returns>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        // Decomposed first: all F mappings except that of ß are decompositions, and the iota below Greek vowels has an upper case only as a character of its own.
        // Upper case before lower: letters with several lower cases (σ, ς) share one.
        return SeparateEmoji(WellFormed(text).Normalize(NormalizationForm.FormKD).ToUpperInvariant().ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormKC));
    }

    /// <summary>Whether FTS5 treats it as part of a word.</summary>
    public static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is >= PrivateUse and < 0x100000;

    private static string SeparateEmoji(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsEmoji(rune.Value)) folded.Append(' ').Append(new Rune(PrivateUse | (rune.Value & 0xFFFF))).Append(' ');
            else folded.Append(rune);
        }
        return folded.ToString();
    }

    // By blocks, not by category: a runtime that knows more emoji must fold text that is already indexed to the same words. Skin tones are not words, so 👍 finds 👍🏽;
    // the joiners of longer sequences are separators, so each part finds the whole.
    private static bool IsEmoji(int rune) => rune is
        (>= 0x2190 and <= 0x21FF) or (>= 0x2300 and <= 0x23FF) or (>= 0x25A0 and <= 0x27BF) or (>= 0x2900 and <= 0x297F) or (>= 0x2B00 and <= 0x2BFF)
        or (>= 0x1F000 and < 0x1F3FB) or (> 0x1F3FF and <= 0x1FAFF);

    // A lone surrogate, which only a query can hold, cannot be normalized.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
