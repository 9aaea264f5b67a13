using Microsoft.AspNetCore.Authorization;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>Creates the actor of a request.</summary>
internal static class Actors
{
    /// <summary>The actor of the request's operator or key. Only an operator gets the address.</summary>
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
