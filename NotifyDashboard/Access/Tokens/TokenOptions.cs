namespace NotifyDashboard.Access.Tokens;

/// <summary>Whose tokens say who a recipient is (JWT, RFC 7519). Without keys and <see cref="JwksUrl"/> none counts. Configuration section <c>Access:Tokens</c>.</summary>
public sealed class TokenOptions
{
    public const string Section = "Access:Tokens";

    private static readonly TimeSpan MinLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(36_500);

    /// <summary>What <c>iss</c> has to be, letter by letter.</summary>
    public string? Issuer { get; set; }

    /// <summary>What <c>aud</c> has to be, or to contain.</summary>
    public string Audience { get; set; } = "notifydashboard";

    /// <summary>At most two: while keys are changed, the old one and the new one.</summary>
    public IList<TokenKeyOptions> Keys { get; } = [];

    /// <summary>Where the issuer publishes its public keys (RFC 7517), https or on this machine; beside <see cref="Keys"/>.</summary>
    public string? JwksUrl { get; set; }

    /// <summary>A cookie in which the embedding application carries the token. Default: none is read.</summary>
    public string? Cookie { get; set; }

    /// <summary>The longest that a token may be good for, from its <c>iat</c> or from now on. Null: no limit, and the log warns of those above a day.</summary>
    public TimeSpan? MaxLifetime { get; set; }

    /// <summary>What is wrong, each naming its key.</summary>
    internal IEnumerable<string> Faults()
    {
        const int maxKeys = 2;
        if (Keys.Count > maxKeys) yield return $"{Section}:Keys has {Keys.Count} keys; give at most {maxKeys}, the old one and the new one while they are changed.";
        for (var i = 0; i < Keys.Count; i++)
        {
            if (TokenKey.Fault(Keys[i]) is { } fault) yield return $"{Section}:Keys:{i}:{fault}";
        }
        if (JwksUrl is not null && !IsSafe(JwksUrl)) yield return $"{Section}:JwksUrl is \"{JwksUrl}\"; give an https address such as \"https://id.example/.well-known/jwks.json\".";
        if ((Keys.Count > 0 || JwksUrl is not null) && string.IsNullOrWhiteSpace(Issuer)) yield return $"{Section}:Issuer is missing; give what the tokens have as iss.";
        if (string.IsNullOrWhiteSpace(Audience)) yield return $"{Section}:Audience is empty; give what the tokens have as aud.";
        if (MaxLifetime < MinLifetime || MaxLifetime > LongestLifetime) yield return $"{Section}:MaxLifetime must be {MinLifetime:c} to {LongestLifetime:c}.";
        if (Cookie is not null && !(Cookie.Length is > 0 and <= 100 && Cookie.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
            yield return $"{Section}:Cookie is \"{Cookie}\"; give a name of letters, digits, - and _.";
        if (Cookie == OperatorCookie.Name) yield return $"{Section}:Cookie is \"{Cookie}\", the operators' own; give another name.";
    }

    // Whoever could change the answer on its way would sign for everybody.
    private static bool IsSafe(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback));
}

/// <summary>A key that signs tokens. Its kind decides the algorithm: a secret is HS256, an RSA key RS256, an EC key on P-256 ES256.</summary>
public sealed class TokenKeyOptions
{
    /// <summary>The <c>kid</c> of its tokens; without one it is tried for every token that names none of the others.</summary>
    public string? Id { get; set; }

    /// <summary>A secret shared with the issuer, 32 bytes of UTF-8 or more.</summary>
    public string? Secret { get; set; }

    /// <summary>The issuer's public key as PEM.</summary>
    public string? PublicKey { get; set; }
}
