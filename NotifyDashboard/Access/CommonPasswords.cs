using System.Collections.Frozen;

namespace NotifyDashboard.Access;

/// <summary>Recognises the passwords that an attacker tries first, by a list and by patterns (repetitions, sequences).</summary>
internal static class CommonPasswords
{
    private const int LongestRepeat = 4;

    private static readonly char[] Digits = [.. "0123456789"];

    private static readonly FrozenSet<string> Stems = Read();

    /// <summary>The list for the page that checks the rules while the user types, separated by spaces. The server makes the final check.</summary>
    public static string ForBrowser { get; } = string.Join(' ', Stems.Order(StringComparer.Ordinal));

    public static bool Contains(string password)
    {
        var folded = password.ToLowerInvariant();
        return Stems.Contains(folded) || Stems.Contains(Stem(folded)) || IsRepeated(folded) || IsSequence(folded);
    }

    /// <summary>Reduces a variant to its base word: drops trailing digits and punctuation, and replaces look-alikes by letters. "P@ssw0rd2024!" becomes "password".</summary>
    public static string Stem(string password) => password.ToLowerInvariant().TrimEnd([.. Digits, .. "!?.,;:*#+-_ "])
        .Replace('@', 'a').Replace('4', 'a').Replace('3', 'e').Replace('1', 'i').Replace('0', 'o').Replace('$', 's').Replace('5', 's');

    // "aaaaaaaaaaaa", "abcabcabcabc", "12341234123"
    private static bool IsRepeated(string password) =>
        Enumerable.Range(1, Math.Min(LongestRepeat, password.Length / 2)).Any(unit => password[unit..] == password[..^unit]);

    // "abcdefghijkl", "123456789012", "098765432109": each character is one step from the previous; 0 follows 9.
    private static bool IsSequence(string password) => IsRun(password, 1) || IsRun(password, -1);

    private static bool IsRun(string password, int step)
    {
        for (var i = 1; i < password.Length; i++)
        {
            var (last, next) = (password[i - 1], password[i]);
            var follows = char.IsAsciiDigit(last) && char.IsAsciiDigit(next) ? (last - '0' + step + 10) % 10 == next - '0' : next - last == step;
            if (!follows) return false;
        }
        return password.Length > 1;
    }

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream("NotifyDashboard.Access.common-passwords.txt")!);
        var listed = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return listed.Concat(listed.Select(Stem)).Where(word => word.Length > 0).ToFrozenSet(StringComparer.Ordinal);
    }
}
