using Microsoft.AspNetCore.Authentication;

namespace NotifyDashboard.Access;

/// <summary>Whoever sends credentials that do not count gets 401, also where nobody needs any: never served as somebody else, or as nobody.</summary>
internal sealed class BadCredentialsGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.User.Identity is not { IsAuthenticated: true } && Credentials.SchemeOf(context) != Schemes.Cookie
            ? context.ChallengeAsync()
            : next(context);
}
