using Microsoft.Net.Http.Headers;

namespace NotifyDashboard.Operating;

/// <summary>
/// Makes redirects within the hub relative. The framework writes the scheme and host as the hub sees them, and these are wrong behind a proxy that
/// forwards neither the port nor <c>https</c>. The browser resolves a relative redirect against the origin that it requested.
/// </summary>
internal static class RelativeRedirects
{
    public static void UseRelativeRedirects(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            if (context.Response.StatusCode is >= 300 and < 400 && Relative(context.Request, headers[HeaderNames.Location]) is { } relative) headers.Location = relative;
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    /// <returns>Null when the location is another origin, or would lead to another site as a relative reference.</returns>
    private static string? Relative(HttpRequest request, string? location)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var target) || !Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
            || Uri.Compare(target, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0) return null;
        var relative = target.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
        // "//other.example" would lead to another site (RFC 3986, 4.2).
        return relative.StartsWith("//", StringComparison.Ordinal) ? null : relative;
    }
}
