using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;

namespace NotifyDashboard.Access;

/// <summary>
/// Prevents cross-site requests with an operator's or a recipient's cookie: browsers send the cookie automatically, and antiforgery tokens do not
/// cover the API. A write under /api with a cookie must come from a known origin, and its body must be JSON, which a form of another site cannot send. A read is
/// refused when the browser reports a foreign page, because a read can have effects too: an audit entry, a new inbox, an open stream. Only the hub's
/// own pages may open a circuit, because browsers also send the cookie for a page on another port of the same host.
/// </summary>
internal sealed class CookieGuard(RequestDelegate next, KnownOrigins known)
{
    // Paths that scripts call. The operators' pages are not listed, because links on other sites may lead to them.
    private static readonly PathString[] ForPrograms = ["/api", "/sse-stream"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.User.Identity?.AuthenticationType is not (Schemes.Cookie or Schemes.RecipientCookie)) return next(context);
        if (request.Path.StartsWithSegments("/_blazor")) return IsOwn(request) ? next(context) : AccessProblems.ForeignPageAsync(context);
        if (!ForPrograms.Any(path => request.Path.StartsWithSegments(path))) return next(context);
        if (!IsWrite(request.Method)) return IsForeign(request) ? AccessProblems.ForeignReadAsync(context) : next(context);
        if (HasBody(context) && !IsJson(request.ContentType)) return AccessProblems.NotJsonAsync(context);
        return IsKnown(request) ? next(context) : AccessProblems.ForeignOriginAsync(context);
    }

    private static bool IsWrite(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    // The scheme is not compared: an undeclared proxy may terminate TLS.
    private static bool IsOwn(HttpRequest request) => request.Headers["Sec-Fetch-Site"] switch
    {
        ["same-origin"] => true,
        { Count: 0 } => request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private bool IsKnown(HttpRequest request) => request.Headers.Origin is [{ } origin] && known.Has(request, origin);

    // A page of the same origin sends no Origin header with a read. Over plain HTTP, browsers send no Sec-Fetch-Site header either.
    private bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"] switch
    {
        ["same-origin" or "none"] => false,
        { Count: 0 } => request.Headers.Origin.Count > 0 && !IsKnown(request),
        _ => !IsKnown(request),
    };
}
