using Microsoft.AspNetCore.Authentication;

namespace NotifyDashboard.Access;

/// <summary>Answers invalid credentials with 401, also on endpoints that need none. Such a request is never served anonymously, or by its cookie.</summary>
internal sealed class BadCredentialsGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.User.Identity is not { IsAuthenticated: true } && Credentials.SchemeOf(context) != Schemes.Cookie
            ? context.ChallengeAsync()
            : next(context);
}
