using System.Net.Http.Headers;

namespace NotifyDashboard.Access;

/// <summary>
/// Keeps other sites from writing with an operator's or a recipient's cookie: browsers send it along, and antiforgery tokens do not cover the API.
/// A cookie is accepted on writes under /api only as JSON, which no foreign form can send, and from an origin that is known.
/// </summary>
internal sealed class CookieWriteGuard(RequestDelegate next, KnownOrigins known)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.User.Identity?.AuthenticationType is not (Schemes.Cookie or Schemes.RecipientCookie) || !IsWrite(request.Method) || !request.Path.StartsWithSegments("/api")) return next(context);
        if (!IsJson(request.ContentType)) return AccessProblems.NotJsonAsync(context);
        return IsKnown(request) ? next(context) : AccessProblems.ForeignOriginAsync(context);
    }

    private static bool IsWrite(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    private bool IsKnown(HttpRequest request) => request.Headers.Origin is [{ } origin] && known.Has(request, origin);
}
