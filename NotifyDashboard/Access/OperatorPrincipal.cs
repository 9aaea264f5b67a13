using System.Globalization;
using System.Security.Claims;

namespace NotifyDashboard.Access;

/// <summary>The claims of an operator's cookie.</summary>
internal static class OperatorPrincipal
{
    public static ClaimsPrincipal Create(Operator signedIn, string session) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, signedIn.Id.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, signedIn.Name),
            new(ClaimTypes.Role, signedIn.Role),
            new(AccessClaims.Kind, nameof(PublisherKind.Operator)),
            new(AccessClaims.Session, session),
        ], Schemes.Cookie));

    /// <summary>The operator's id and session in the cookie; null for any other principal.</summary>
    public static (long Id, string Session)? Read(ClaimsPrincipal? user) =>
        long.TryParse(user?.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) && user?.FindFirstValue(AccessClaims.Session) is { } session
            ? (id, session)
            : null;
}
