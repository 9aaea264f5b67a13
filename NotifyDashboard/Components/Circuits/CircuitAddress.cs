using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Server.Circuits;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Circuits;

/// <summary>The remote address of a circuit's connection; after a reconnect, of the latest one.</summary>
internal sealed class CircuitAddress(IHttpContextAccessor request) : CircuitHandler
{
    /// <summary>Null only before the connection is up.</summary>
    public IPAddress? Value { get; private set; }

    /// <summary>The user as an actor, with this address.</summary>
    public Actor ActorOf(ClaimsPrincipal user) => new(user.Identity?.Name ?? "", $"{Value}") { Session = OperatorPrincipal.Read(user)?.Session };

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // The hub's method that opens or resumes a circuit runs within the request of its connection.
        Value = request.HttpContext?.Connection.RemoteIpAddress;
        return Task.CompletedTask;
    }
}
