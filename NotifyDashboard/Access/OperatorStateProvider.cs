using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace NotifyDashboard.Access;

/// <summary>Checks once a minute whether another node has ended the session of an open page: a circuit does not validate the cookie again.</summary>
internal sealed class OperatorStateProvider(ILoggerFactory log, OperatorSessions sessions) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.MayStayAsync(authenticationState.User, cancellationToken);
}
