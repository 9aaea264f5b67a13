using Microsoft.AspNetCore.Connections.Features;

namespace NotifyDashboard.Operating;

/// <summary>Adds the security headers to every response: no foreign scripts, no framing by other sites, no content type sniffing, no referrer to other sites.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Allows only the hub's own scripts, and no inline ones. Inline <c>style</c> attributes are allowed (widths of progress bars), inline style sheets
    /// are not. Only the hub's own pages may frame a page, against clickjacking.
    /// </summary>
    public const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    /// <summary>For operators' pages: MudBlazor (9.12) writes its theme and the animation of each snackbar as <c>style</c> elements, and supports no nonce.</summary>
    public static readonly string KitPolicy = Policy.Replace("style-src 'self'; style-src-attr 'unsafe-inline'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // Added when the response starts, because the exception handler clears earlier headers. Headers that an endpoint has set stay.
        context.Response.OnStarting(static state =>
        {
            var context = ((HttpResponse)state).HttpContext;
            var headers = context.Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            // A response to an authenticated user must not be in a cache, where another user could find it.
            if (context.User.Identity?.IsAuthenticated == true) headers.TryAdd("Cache-Control", "no-store");
            // Only if the hub terminates TLS itself; a proxy that does must add the header itself.
            if (context.Features.Get<ITlsHandshakeFeature>() is not null) headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    });
}
