using System.Data.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace NotifyDashboard.Access;

/// <summary>Asks once a minute whether the session of an open page has ended, on another node: a circuit never sees the cookie's own check.</summary>
internal sealed class OperatorStateProvider(ILoggerFactory log, OperatorSessions sessions) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.IsOpenAsync(authenticationState.User, null, cancellationToken);
        }
        catch (DbException)
        {
            // Without the store there is nothing to be had; the pages say so, and would not if they ended here.
            return true;
        }
    }
}
