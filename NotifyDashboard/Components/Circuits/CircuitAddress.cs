using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Server.Circuits;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Circuits;

/// <summary>From where a circuit is used: the address of its connection, of the last one after a reconnect.</summary>
internal sealed class CircuitAddress(IHttpContextAccessor request) : CircuitHandler
{
    /// <summary>Null only before the connection is there.</summary>
    public IPAddress? Value { get; private set; }

    /// <summary>The user as who acts here.</summary>
    public Actor ActorOf(ClaimsPrincipal user) => new(user.Identity?.Name ?? "", $"{Value}") { Session = OperatorPrincipal.Read(user)?.Session };

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // The hub's method that opens or resumes a circuit runs within the request of its connection.
        Value = request.HttpContext?.Connection.RemoteIpAddress;
        return Task.CompletedTask;
    }
}
