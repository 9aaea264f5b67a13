using Microsoft.AspNetCore.Authorization;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>Who is behind a request.</summary>
internal static class Actors
{
    /// <summary>An operator with the address, a key without.</summary>
    public static async Task<Actor> ActorAsync(this HttpContext context)
    {
        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        var isOperator = (await authorization.AuthorizeAsync(context.User, Policies.Operator)).Succeeded;
        return new(context.User.Identity?.Name ?? "", isOperator ? context.Connection.RemoteIpAddress?.ToString() : null)
        {
            MayManage = (await authorization.AuthorizeAsync(context.User, Policies.Manage)).Succeeded,
        };
    }
}
