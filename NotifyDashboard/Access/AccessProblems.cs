using Microsoft.Net.Http.Headers;

namespace NotifyDashboard.Access;

/// <summary>The refusals of this folder as RFC 9457 problems. The sentence says what to change.</summary>
internal static class AccessProblems
{
    public static Task UnauthorizedAsync(HttpContext context)
    {
        var sent = context.Request.Headers.ContainsKey(HeaderNames.Authorization);
        context.Response.Headers.WWWAuthenticate = sent ? "Bearer error=\"invalid_token\"" : "Bearer";
        return sent
            ? WriteAsync(context, StatusCodes.Status401Unauthorized, Problems.Unauthorized, "These credentials do not count",
                "The Authorization header holds no key that this hub knows. Send \"Bearer\" and a key that was not revoked.")
            : WriteAsync(context, StatusCodes.Status401Unauthorized, Problems.Unauthorized, "Credentials are missing",
                "Send an API key in the header \"Authorization: Bearer <key>\".");
    }

    public static Task ForbiddenAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, Problems.Forbidden, "Not allowed",
        "You are known, but may not do this. Use a key or an operator with the right for it.");

    public static Task ForeignOriginAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, Problems.Forbidden, "Origin not allowed",
        "A write with a cookie needs an Origin header that is this hub's own or stands in Access:AllowedOrigins. Use an API key from elsewhere.");

    public static Task NotJsonAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, Problems.UnsupportedMediaType, "Content type must be application/json",
        "A write with a cookie needs the content type application/json. Send JSON, or use an API key.");

    private static Task WriteAsync(HttpContext context, int status, string type, string title, string detail) =>
        Problems.Because(status, type, title, detail).ExecuteAsync(context);
}
