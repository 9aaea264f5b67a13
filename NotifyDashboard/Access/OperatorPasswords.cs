using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>Hashes passwords, and compares them in the same time whether the name is known or not.</summary>
internal sealed class OperatorPasswords
{
    // OWASP's figure for PBKDF2 with HMAC-SHA-512; the framework's own default is 100,000.
    private const int Iterations = 210_000;

    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly Lazy<string> _decoy;

    public OperatorPasswords() => _decoy = new(() => Hash(Guid.NewGuid().ToString()));

    public string Hash(string password) => _hasher.HashPassword(Nobody, Composed(password));

    /// <summary>With a null <paramref name="hash"/>, for an unknown name, a decoy is compared: the time tells nothing.</summary>
    public bool Matches(string? hash, string password)
    {
        if (IsTooLong(password)) return false;
        var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _decoy.Value, Composed(password));
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>Nobody could have chosen one so long: not worth the work of hashing it.</summary>
    public static bool IsTooLong(string? password) => password?.Length > PasswordRules.MaxLength * 2;

    // The same letter reaches us in different bytes from different keyboards. Half a surrogate pair, which Normalize refuses, is replaced first.
    private static string Composed(string password) => string.Concat(password.EnumerateRunes()).Normalize(NormalizationForm.FormC);
}
