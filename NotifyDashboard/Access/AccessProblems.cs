namespace NotifyDashboard.Access;

/// <summary>Writes the access errors as RFC 9457 problems. The <c>detail</c> tells the caller what to change.</summary>
internal static class AccessProblems
{
    public static Task UnauthorizedAsync(HttpContext context)
    {
        var scheme = Credentials.SchemeOf(context);
        context.Response.Headers.WWWAuthenticate = scheme is Schemes.Token or Schemes.ApiKey ? "Bearer error=\"invalid_token\"" : "Bearer";
        // The response does not depend on what is wrong with the credential, so that an attacker learns nothing. The log has the reason why a token is invalid.
        return scheme switch
        {
            Schemes.Token or Schemes.ApiKey => BadAsync("The Authorization header holds no key and no token that counts here. Send \"Bearer\" and a key that was not revoked, or a token that is valid now."),
            Schemes.RecipientCookie => BadAsync("The cookie holds no token that counts here. Set it anew, or leave it out."),
            Schemes.Ticket => BadAsync("This ticket does not count. Each works once, for 30 seconds; post a token to /api/stream-tickets for another, or leave it out for public notifications."),
            _ => WriteAsync(context, StatusCodes.Status401Unauthorized, Problems.Unauthorized, "Credentials are missing",
                "Send an API key or a token in the header \"Authorization: Bearer …\"."),
        };

        Task BadAsync(string detail) => WriteAsync(context, StatusCodes.Status401Unauthorized, Problems.Unauthorized, "Invalid credentials", detail);
    }

    public static Task ForbiddenAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, Problems.Forbidden, "Not allowed",
        "You are known, but may not do this. Use a key, a token or an operator with the right for it.");

    public static Task ForeignOriginAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, Problems.Forbidden, "Origin not allowed",
        "A write with a cookie needs an Origin header that is this hub's own or stands in Access:AllowedOrigins. Use an API key from elsewhere.");

    public static Task ForeignReadAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, Problems.Forbidden, "Origin not allowed",
        "A cookie counts only on the hub's own pages and those of Access:AllowedOrigins. Use an API key or a token from elsewhere, or type the address.");

    public static Task ForeignPageAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, Problems.Forbidden, "Origin not allowed",
        "Only the hub's own pages may connect so. Behind a proxy let it pass on the Host header, and name it in Proxy:Known.");

    public static Task NotJsonAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, Problems.UnsupportedMediaType, "Content type must be application/json",
        "A write with a cookie needs the content type application/json. Send JSON, or use an API key.");

    private static Task WriteAsync(HttpContext context, int status, string type, string title, string detail) =>
        Problems.Because(status, type, title, detail).ExecuteAsync(context);
}
