namespace NotifyDashboard.Access.Tokens;

/// <summary>The issuer of recipients' tokens (JWT, RFC 7519). Without <see cref="Keys"/> and <see cref="JwksUrl"/>, none is accepted. Configuration section <c>Access:Tokens</c>.</summary>
public sealed class TokenOptions
{
    public const string Section = "Access:Tokens";

    private static readonly TimeSpan MinLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(36_500);

    /// <summary>The required <c>iss</c>, compared exactly. Required with <see cref="Keys"/> or <see cref="JwksUrl"/>.</summary>
    public string? Issuer { get; set; }

    /// <summary>The required <c>aud</c>, or one of its values.</summary>
    public string Audience { get; set; } = "notifydashboard";

    /// <summary>At most two keys: the old one and the new one during a key rotation.</summary>
    public IList<TokenKeyOptions> Keys { get; } = [];

    /// <summary>The URL of the issuer's public keys (JWKS, RFC 7517): https, or http on this machine. Used in addition to <see cref="Keys"/>.</summary>
    public string? JwksUrl { get; set; }

    /// <summary>The name of a cookie in which the embedding application sends the token. Default: none.</summary>
    public string? Cookie { get; set; }

    /// <summary>The maximum lifetime of a token, from its <c>iat</c>, or from now if it has none. Null: no limit; the log then warns about lifetimes above 24 hours.</summary>
    public TimeSpan? MaxLifetime { get; set; }

    /// <summary>The validation errors; each names its setting.</summary>
    internal IEnumerable<string> FindErrors()
    {
        const int maxKeys = 2;
        if (Keys.Count > maxKeys) yield return $"{Section}:Keys has {Keys.Count} keys; give at most {maxKeys}, the old one and the new one while they are changed.";
        for (var i = 0; i < Keys.Count; i++)
        {
            if (TokenKey.FindError(Keys[i]) is { } error) yield return $"{Section}:Keys:{i}:{error}";
        }
        if (JwksUrl is not null && !IsSafe(JwksUrl)) yield return $"{Section}:JwksUrl is \"{JwksUrl}\"; give an https address such as \"https://id.example/.well-known/jwks.json\".";
        if ((Keys.Count > 0 || JwksUrl is not null) && string.IsNullOrWhiteSpace(Issuer)) yield return $"{Section}:Issuer is missing; give what the tokens have as iss.";
        if (string.IsNullOrWhiteSpace(Audience)) yield return $"{Section}:Audience is empty; give what the tokens have as aud.";
        if (MaxLifetime < MinLifetime || MaxLifetime > LongestLifetime) yield return $"{Section}:MaxLifetime must be {MinLifetime:c} to {LongestLifetime:c}.";
        if (Cookie is not null && !(Cookie.Length is > 0 and <= 100 && Cookie.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
            yield return $"{Section}:Cookie is \"{Cookie}\"; give a name of letters, digits, - and _.";
        if (Cookie == OperatorCookie.Name) yield return $"{Section}:Cookie is \"{Cookie}\", the operators' own; give another name.";
    }

    // An attacker who can change the response could sign tokens for any recipient.
    private static bool IsSafe(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback));
}

/// <summary>A key that verifies tokens. Its type determines the algorithm: HS256 for a secret, RS256 for an RSA key, ES256 for an EC key on P-256.</summary>
public sealed class TokenKeyOptions
{
    /// <summary>The <c>kid</c> of its tokens. A key without one is tried for every token whose <c>kid</c> matches no other key.</summary>
    public string? Id { get; set; }

    /// <summary>A secret shared with the issuer, at least 32 bytes in UTF-8.</summary>
    public string? Secret { get; set; }

    /// <summary>The issuer's public key as PEM.</summary>
    public string? PublicKey { get; set; }
}
