using System.Net.Http.Headers;

namespace NotifyDashboard.Access;

/// <summary>
/// Keeps other sites from acting with an operator's or a recipient's cookie: browsers send it along, and antiforgery tokens do not cover the API.
/// A cookie is accepted on writes under /api only as JSON, which no foreign form can send, and from an origin that is known; on reads it is refused
/// where the browser says that a foreign page asks, for a read can change something too: it is audited, begins an inbox, opens a stream. A circuit
/// is for the hub's own pages alone: a page on another port of the same site has the cookie too.
/// </summary>
internal sealed class CookieGuard(RequestDelegate next, KnownOrigins known)
{
    // Where each page asks for itself; the operators' pages are for links from anywhere.
    private static readonly PathString[] ForPrograms = ["/api", "/sse-stream"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.User.Identity?.AuthenticationType is not (Schemes.Cookie or Schemes.RecipientCookie)) return next(context);
        if (request.Path.StartsWithSegments("/_blazor")) return IsOwn(request) ? next(context) : AccessProblems.ForeignPageAsync(context);
        if (!ForPrograms.Any(path => request.Path.StartsWithSegments(path))) return next(context);
        if (!IsWrite(request.Method)) return IsForeign(request) ? AccessProblems.ForeignReadAsync(context) : next(context);
        if (!IsJson(request.ContentType)) return AccessProblems.NotJsonAsync(context);
        return IsKnown(request) ? next(context) : AccessProblems.ForeignOriginAsync(context);
    }

    private static bool IsWrite(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    // Without the scheme: a proxy that is not declared may have ended TLS.
    private static bool IsOwn(HttpRequest request) => request.Headers["Sec-Fetch-Site"] switch
    {
        ["same-origin"] => true,
        { Count: 0 } => request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private bool IsKnown(HttpRequest request) => request.Headers.Origin is [{ } origin] && known.Has(request, origin);

    // A page of the same origin sends no Origin with a read. Over plain HTTP browsers send no Sec-Fetch-Site either.
    private bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"] switch
    {
        ["same-origin" or "none"] => false,
        { Count: 0 } => request.Headers.Origin.Count > 0 && !IsKnown(request),
        _ => !IsKnown(request),
    };
}
