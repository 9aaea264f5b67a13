using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>An issuer whose tokens the hub accepts beside those of the configured issuer.</summary>
internal interface ITokenIssuer
{
    /// <summary>The <c>iss</c> of its tokens.</summary>
    string Issuer { get; }

    /// <summary>The <c>aud</c> of its tokens.</summary>
    string Audience { get; }

    /// <summary>Prefix of every <c>sub</c> of this issuer. A token of another issuer with such a <c>sub</c> is refused.</summary>
    string SubjectPrefix { get; }

    /// <summary>The keys that may have signed a token with this <c>alg</c>; none while the issuer is switched off.</summary>
    IReadOnlyList<TokenKey> FindKeys(string algorithm);

    /// <summary>The recipient whom a valid token names, its handle apart.</summary>
    /// <exception cref="BadTokenException">The claims are not those of this issuer.</exception>
    Recipient RecipientOf(TokenClaims claims);
}
