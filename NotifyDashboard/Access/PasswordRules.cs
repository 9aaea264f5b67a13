namespace NotifyDashboard.Access;

/// <summary>
/// The rules of a password, in one place: long enough, not the name, not among the first that a guesser tries. No rule asks for kinds of
/// characters (NIST SP 800-63B, 3.1.1.2): these make passwords predictable. <c>wwwroot/account.js</c> ticks the same rules off while one types.
/// </summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 256;

    /// <summary>A shorter name stands in too many good passwords by chance.</summary>
    public const int MinNameLength = 3;

    /// <summary>All faults at once, each a sentence; none for a good password.</summary>
    public static IReadOnlyList<string> Faults(string? password, string? name)
    {
        var typed = password ?? "";
        var length = typed.EnumerateRunes().Count();
        var faults = new List<string>();
        if (length < MinLength) faults.Add($"Use at least {MinLength} characters.");
        if (length > MaxLength) faults.Add($"Use at most {MaxLength} characters.");
        if (ContainsName(typed, name?.Trim() ?? "")) faults.Add("Leave your name out of it.");
        if (length >= MinLength && CommonPasswords.Contains(typed)) faults.Add("It is too common. Choose another.");
        return faults;
    }

    private static bool ContainsName(string password, string name) =>
        name.EnumerateRunes().Count() >= MinNameLength && password.Contains(name, StringComparison.OrdinalIgnoreCase);
}
