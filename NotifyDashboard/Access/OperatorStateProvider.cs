using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace NotifyDashboard.Access;

/// <summary>Asks again, while a page stays open: a circuit never sees the cookie's own check.</summary>
internal sealed class OperatorStateProvider(ILoggerFactory log, OperatorStamps stamps) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await stamps.IsCurrentAsync(authenticationState.User, cancellationToken);
}
