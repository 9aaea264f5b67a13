using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Circuits;

/// <summary>
/// Ends an operator's circuit together with the operator's session: at once where this node ends it. The page is led away then, but its browser
/// need not follow: nothing that it sends is heard any more, and what still runs is cancelled.
/// </summary>
internal sealed class CircuitRights : CircuitHandler, IDisposable
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly AuthenticationStateProvider _authentication;
    private readonly OperatorSessions _sessions;
    // Not disposed: the end of a session may meet that of the circuit.
    private readonly CancellationTokenSource _ended = new();

    // Null: nobody's from the start, with nothing to lose.
    private volatile ClaimsPrincipal? _operator;

    public CircuitRights(AuthenticationStateProvider authentication, OperatorSessions sessions)
    {
        (_authentication, _sessions) = (authentication, sessions);
        authentication.AuthenticationStateChanged += Look;
        sessions.Ended += End;
    }

    /// <summary>Cancelled when the session ends: long work ends with it.</summary>
    public CancellationToken Ended => _ended.Token;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await _authentication.GetAuthenticationStateAsync()).User;
        if (OperatorPrincipal.Read(user) is null) return;
        _operator = user;
        try
        {
            // It may have ended since the cookie was looked at.
            if (!await _sessions.IsOpenAsync(user, null, cancellationToken)) await _ended.CancelAsync();
        }
        catch (DbException)
        {
            // Without the store there is nothing to be had; the pages say so.
        }
    }

    // Never waits: whatever the browser sends would be heard out of its order, and a click would find its button drawn anew.
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        activity => _operator is not null && _ended.IsCancellationRequested ? Task.CompletedTask : next(activity);

    public void Dispose()
    {
        _authentication.AuthenticationStateChanged -= Look;
        _sessions.Ended -= End;
    }

    private void End(SessionsEnded ended)
    {
        if (!ended.Concern(_operator)) return;
        _ = _ended.CancelAsync();
        // It draws, and whoever ended the session does not wait for that.
        if (_authentication is IHostEnvironmentAuthenticationStateProvider page) _ = Task.Run(() => page.SetAuthenticationState(Task.FromResult(Nobody)));
    }

    private void Look(Task<AuthenticationState> state) => _ = EndIfSignedOutAsync(state);

    private async Task EndIfSignedOutAsync(Task<AuthenticationState> state)
    {
        if (_operator is not null && OperatorPrincipal.Read((await state).User) is null) await _ended.CancelAsync();
    }
}
