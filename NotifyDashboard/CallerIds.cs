using System.Security.Claims;

namespace NotifyDashboard;

/// <summary>Unique ids of callers. Names are not unique: two keys may share a name, and a key may have the name of an operator.</summary>
internal static class CallerIds
{
    /// <summary>The id of the key, operator or recipient; empty for an anonymous caller.</summary>
    public static string CallerId(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
