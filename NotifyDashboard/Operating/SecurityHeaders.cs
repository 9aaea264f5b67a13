using Microsoft.AspNetCore.Connections.Features;

namespace NotifyDashboard.Operating;

/// <summary>What every answer forbids the browser: foreign scripts, being framed, guessing content types, telling other sites where one was.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// No inline script and none from elsewhere. Inline <c>style</c> attributes are allowed (widths of progress bars), inline style sheets are not.
    /// Pages may be framed by the hub's own alone: a foreign page around them could lead a click astray.
    /// </summary>
    public const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    /// <summary>For operators' pages: the kit writes its theme, and each snackbar its own moving, as <c>style</c> elements, and takes no nonce (MudBlazor 9.12).</summary>
    public static readonly string KitPolicy = Policy.Replace("style-src 'self'; style-src-attr 'unsafe-inline'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the start of the answer: what turns a fault into a problem clears the headers first. What an endpoint chose for itself stays.
        context.Response.OnStarting(static state =>
        {
            var context = ((HttpResponse)state).HttpContext;
            var headers = context.Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            // What somebody was given because of who they are is nobody else's to find in a cache.
            if (context.User.Identity?.IsAuthenticated == true) headers.TryAdd("Cache-Control", "no-store");
            // Where the hub ends TLS itself; a proxy that does says so itself.
            if (context.Features.Get<ITlsHandshakeFeature>() is not null) headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    });
}
