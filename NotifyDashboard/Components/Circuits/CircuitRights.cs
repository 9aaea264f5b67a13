using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Circuits;

/// <summary>
/// Binds a circuit to the session that opened it, or to an anonymous visitor, and ends it with the session: at once when this node ended the session.
/// The page is then redirected. Its browser need not follow: all its further input is ignored, and running work is cancelled.
/// </summary>
internal sealed class CircuitRights : CircuitHandler, IDisposable
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly AuthenticationStateProvider _authentication;
    private readonly OperatorSessions _sessions;

    // Not disposed: the session and the circuit may end at the same time.
    private readonly CancellationTokenSource _ended = new();

    // Null until the circuit has opened; afterwards an anonymous visitor has a principal too.
    private volatile ClaimsPrincipal? _user;

    public CircuitRights(AuthenticationStateProvider authentication, OperatorSessions sessions)
    {
        (_authentication, _sessions) = (authentication, sessions);
        authentication.AuthenticationStateChanged += Look;
        sessions.Ended += EndIfIncluded;
    }

    /// <summary>Cancelled when the session ends: long work ends with it.</summary>
    public CancellationToken Ended => _ended.Token;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _user = (await _authentication.GetAuthenticationStateAsync()).User;
        // The session may have ended since the cookie was checked.
        await EndIfNotOpenAsync();
        // Before the first component is created.
        if (_ended.IsCancellationRequested) BecomeNobody();
    }

    // Synchronous: awaiting here would let later browser events overtake this one, and a click could reach a button that has been rendered again.
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        activity => _ended.IsCancellationRequested ? Task.CompletedTask : next(activity);

    public void Dispose()
    {
        _authentication.AuthenticationStateChanged -= Look;
        _sessions.Ended -= EndIfIncluded;
    }

    private void EndIfIncluded(SessionsEnded ended)
    {
        if (ended.Includes(_user)) End();
    }

    // Each connection of a circuit brings its own user: another one's cookie must not lend its rights to this circuit.
    private void Look(Task<AuthenticationState> state)
    {
        if (_user is null || _ended.IsCancellationRequested) return;
        var own = OperatorPrincipal.Read(_user);
        if (state.IsCompletedSuccessfully && OperatorPrincipal.Read(state.Result.User) == own)
        {
            // The framework's own periodic check restarts its interval with each connection.
            _ = EndIfNotOpenAsync();
        }
        else if (own is not null)
        {
            End();
        }
        else
        {
            BecomeNobody();
        }
    }

    private async Task EndIfNotOpenAsync()
    {
        if (_user is { } user && OperatorPrincipal.Read(user) is not null && !await _sessions.MayStayAsync(user, CancellationToken.None)) End();
    }

    private void End()
    {
        _ = _ended.CancelAsync();
        // Rendering must not delay the caller that ended the session.
        _ = Task.Run(BecomeNobody);
    }

    private void BecomeNobody()
    {
        if (_authentication is IHostEnvironmentAuthenticationStateProvider page) page.SetAuthenticationState(Task.FromResult(Nobody));
    }
}
