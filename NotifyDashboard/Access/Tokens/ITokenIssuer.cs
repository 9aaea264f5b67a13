using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>An additional issuer whose tokens the hub accepts.</summary>
internal interface ITokenIssuer
{
    /// <summary>The <c>iss</c> of its tokens.</summary>
    string Issuer { get; }

    /// <summary>The <c>aud</c> of its tokens.</summary>
    string Audience { get; }

    /// <summary>Prefix of every <c>sub</c> of this issuer. A token of another issuer with such a <c>sub</c> is refused.</summary>
    string SubjectPrefix { get; }

    /// <summary>The keys that can verify a token with this <c>alg</c>; none while the issuer is disabled.</summary>
    IReadOnlyList<TokenKey> FindKeys(string algorithm);

    /// <summary>The recipient of a valid token, without the handle and the expiry.</summary>
    /// <exception cref="BadTokenException">The claims are not those of this issuer.</exception>
    Recipient RecipientOf(TokenClaims claims);
}
