using System.Security.Claims;

namespace NotifyDashboard;

/// <summary>What tells callers apart: not their names, for a key may be called like another, or like an operator.</summary>
internal static class CallerIds
{
    /// <summary>Of the key, operator or recipient; empty for nobody.</summary>
    public static string CallerId(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
