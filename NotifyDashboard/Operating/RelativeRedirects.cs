using Microsoft.Net.Http.Headers;

namespace NotifyDashboard.Operating;

/// <summary>
/// Makes a redirect to the hub itself relative to its origin. The framework writes scheme and host as the hub sees them, and behind a proxy that
/// passes on neither the port nor <c>https</c> such an address leads nowhere. The browser knows under which origin it asked.
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

    /// <returns>Null where it leads to another site, or would without its host.</returns>
    private static string? Relative(HttpRequest request, string? location)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var target) || !Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
            || Uri.Compare(target, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0) return null;
        var relative = target.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
        // "//other.example" is another site.
        return relative.StartsWith("//", StringComparison.Ordinal) ? null : relative;
    }
}
