using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace NotifyDashboard.Access;

/// <summary>
/// Asks again, while a page stays open: a circuit never sees the cookie's own check. When this node takes the right away, at once; when
/// another does, within a minute.
/// </summary>
internal sealed class OperatorStateProvider : RevalidatingServerAuthenticationStateProvider
{
    private readonly OperatorStamps _stamps;

    public OperatorStateProvider(ILoggerFactory log, OperatorStamps stamps) : base(log)
    {
        _stamps = stamps;
        stamps.Replaced += AskAgain;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await _stamps.IsCurrentAsync(authenticationState.User, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _stamps.Replaced -= AskAgain;
        base.Dispose(disposing);
    }

    private void AskAgain(long id) => _ = Task.Run(async () =>
    {
        try
        {
            var user = (await GetAuthenticationStateAsync()).User;
            if (OperatorPrincipal.Read(user)?.Id != id || await _stamps.IsCurrentAsync(user, CancellationToken.None)) return;
        }
        catch (InvalidOperationException)
        {
            // A request that is still being answered: no state is set, and the cookie's own check comes first.
            return;
        }
        SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
    });
}
