using System.Security.Claims;

namespace NotifyDashboard.Access;

/// <summary>An operator signed in with a cookie, or an application with a key.</summary>
public enum PublisherKind { Operator, Key }

/// <summary>The operator or key of a request, with the allowed actions and topic patterns (<c>*</c> matches every topic). Notifications show the name as their publisher.</summary>
public sealed record Publisher(string Name, PublisherKind Kind, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns)
{
    /// <returns>Null for an anonymous user or a recipient.</returns>
    public static Publisher? From(ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true, Name: { } name } || !Enum.TryParse<PublisherKind>(user.FindFirstValue(AccessClaims.Kind), out var kind)) return null;
        return kind == PublisherKind.Operator
            ? new(name, kind, OfRole(user.FindFirstValue(ClaimTypes.Role)), ["*"])
            : new(name, kind, Values(user, AccessClaims.Action), Values(user, AccessClaims.TopicPattern));
    }

    public bool May(string action) => Actions.Contains(action);

    private static IReadOnlyList<string> OfRole(string? role) => role switch
    {
        Roles.Admin or Roles.Sender => Access.Actions.All,
        Roles.Viewer => [Access.Actions.Read],
        _ => [],
    };

    private static string[] Values(ClaimsPrincipal user, string type) => [.. user.FindAll(type).Select(claim => claim.Value)];
}
