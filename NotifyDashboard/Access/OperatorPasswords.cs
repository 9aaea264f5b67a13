using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>Hashes and verifies passwords. Verification takes equally long for known and unknown names.</summary>
internal sealed class OperatorPasswords
{
    // OWASP's recommendation for PBKDF2 with HMAC-SHA-512; the framework's default is 100,000.
    private const int Iterations = 210_000;

    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly Lazy<string> _decoy;

    public OperatorPasswords() => _decoy = new(() => Hash(Guid.NewGuid().ToString()));

    public string Hash(string password) => _hasher.HashPassword(Nobody, Composed(password));

    /// <summary>Verifies a password. A null <paramref name="hash"/> (unknown name) is compared with a decoy, so that the time does not reveal whether the name exists.</summary>
    public bool Matches(string? hash, string password)
    {
        if (IsTooLong(password)) return false;
        var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _decoy.Value, Composed(password));
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>Whether the password exceeds any that the rules allow, so that hashing it is wasted work.</summary>
    public static bool IsTooLong(string? password) => password?.Length > PasswordRules.MaxLength * 2;

    // Keyboards produce different code points for the same letter. EnumerateRunes replaces a lone surrogate, which would make Normalize throw.
    private static string Composed(string password) => string.Concat(password.EnumerateRunes()).Normalize(NormalizationForm.FormC);
}
