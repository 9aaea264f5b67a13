using System.Data.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Circuits;

/// <summary>
/// Ends what an operator's circuit may do together with the operator's rights. A page is led away then, but its browser need not follow: nothing
/// that it sends is heard any more, and what still runs is cancelled.
/// </summary>
internal sealed class CircuitRights : CircuitHandler, IDisposable
{
    private readonly AuthenticationStateProvider _authentication;
    private readonly OperatorStamps _stamps;
    private readonly CancellationTokenSource _ended = new();
    private volatile bool _isOperators;

    public CircuitRights(AuthenticationStateProvider authentication, OperatorStamps stamps)
    {
        (_authentication, _stamps) = (authentication, stamps);
        authentication.AuthenticationStateChanged += Look;
    }

    /// <summary>Cancelled when the rights end: long work ends with it.</summary>
    public CancellationToken Ended => _ended.Token;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        _isOperators = OperatorPrincipal.Read((await _authentication.GetAuthenticationStateAsync()).User) is not null;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        if (await MayGoOnAsync()) await next(activity);
    };

    public void Dispose()
    {
        _authentication.AuthenticationStateChanged -= Look;
        _ended.Dispose();
    }

    // What was nobody's from the start has nothing to lose.
    private async Task<bool> MayGoOnAsync()
    {
        if (!_isOperators) return true;
        if (_ended.IsCancellationRequested) return false;
        try
        {
            if (await _stamps.IsCurrentAsync((await _authentication.GetAuthenticationStateAsync()).User, CancellationToken.None)) return true;
        }
        catch (DbException)
        {
            // Without the store there is nothing to be had; the pages say so, and would not if the circuit ended here.
            return true;
        }
        await _ended.CancelAsync();
        return false;
    }

    private void Look(Task<AuthenticationState> state) => _ = MayGoOnAsync();
}
