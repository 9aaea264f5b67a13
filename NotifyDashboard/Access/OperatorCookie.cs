using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace NotifyDashboard.Access;

/// <summary>The authentication cookie of operators.</summary>
internal static class OperatorCookie
{
    public const string Name = "notifydashboard";
    public const string ReturnUrlParameter = "returnUrl";

    private const string SignInPath = "/sign-in";

    private static readonly PathString[] Programs = ["/api", "/sse-stream", "/shared", "/healthz", "/_blazor", "/_framework"];

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = ReturnUrlParameter;
        options.Events.OnRedirectToLogin = context =>
        {
            if (!IsPage(context.Request.Path)) return AccessProblems.UnauthorizedAsync(context.HttpContext);
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        };
        // The page redirects after a sign-in (LocalUrl). The cookie handler would use the return URL of the query, and fail if a header cannot contain it.
        options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            if (!IsPage(context.Request.Path)) return AccessProblems.ForbiddenAsync(context.HttpContext);
            // Without a body, so that UsePageRefusals adds the page.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    // Scripts get a status code; a sign-in page would be useless to them.
    internal static bool IsPage(PathString path) => !Programs.Any(start => path.StartsWithSegments(start));

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<OperatorSessions>();
        if (await sessions.IsOpenAsync(context.Principal, context.HttpContext.Connection.RemoteIpAddress, context.HttpContext.RequestAborted)) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Schemes.Cookie);
    }
}
