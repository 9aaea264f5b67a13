namespace NotifyDashboard.Access;

/// <summary>
/// The rules for passwords: the length, not containing the name, not a common password. No rule requires classes of characters, which make
/// passwords predictable (NIST SP 800-63B, 3.1.1.2). <c>wwwroot/account.js</c> shows the same rules while the user types.
/// </summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 256;

    /// <summary>Names shorter than this are not searched for: many good passwords contain them by chance.</summary>
    public const int MinNameLength = 3;

    /// <summary>All validation errors, each a sentence; empty for a valid password.</summary>
    public static IReadOnlyList<string> FindErrors(string? password, string? name)
    {
        var typed = password ?? "";
        var length = typed.EnumerateRunes().Count();
        var errors = new List<string>();
        if (length < MinLength) errors.Add($"Use at least {MinLength} characters.");
        if (length > MaxLength) errors.Add($"Use at most {MaxLength} characters.");
        if (ContainsName(typed, name?.Trim() ?? "")) errors.Add("Leave your name out of it.");
        if (length >= MinLength && CommonPasswords.Contains(typed)) errors.Add("It is too common. Choose another.");
        return errors;
    }

    private static bool ContainsName(string password, string name) =>
        name.EnumerateRunes().Count() >= MinNameLength && password.Contains(name, StringComparison.OrdinalIgnoreCase);
}
