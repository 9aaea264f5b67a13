using System.Globalization;
using System.Security.Claims;

namespace NotifyDashboard.Access;

/// <summary>What an operator's cookie says.</summary>
internal static class OperatorPrincipal
{
    public static ClaimsPrincipal Create(Operator signedIn) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, signedIn.Id.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, signedIn.Name),
            new(ClaimTypes.Role, signedIn.Role),
            new(AccessClaims.Kind, nameof(PublisherKind.Operator)),
            new(AccessClaims.Stamp, signedIn.Stamp),
        ], Schemes.Cookie));

    /// <summary>The operator's number and stamp as the cookie has them.</summary>
    public static (long Id, string Stamp)? Read(ClaimsPrincipal? user) =>
        long.TryParse(user?.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) && user?.FindFirstValue(AccessClaims.Stamp) is { } stamp
            ? (id, stamp)
            : null;
}
