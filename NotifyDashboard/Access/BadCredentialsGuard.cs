using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace NotifyDashboard.Access;

/// <summary>Whoever sends credentials that do not count gets 401, also where nobody needs any: never served as somebody else, or as nobody.</summary>
internal sealed class BadCredentialsGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.ContainsKey(HeaderNames.Authorization) && context.User.Identity is not { IsAuthenticated: true }
            ? context.ChallengeAsync()
            : next(context);
}
