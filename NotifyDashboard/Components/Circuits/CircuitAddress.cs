using System.Net;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace NotifyDashboard.Components.Circuits;

/// <summary>From where a circuit is used: the address of its connection, of the last one after a reconnect.</summary>
internal sealed class CircuitAddress(IHttpContextAccessor request) : CircuitHandler
{
    /// <summary>Null only before the connection is there.</summary>
    public IPAddress? Value { get; private set; }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // The hub's method that opens or resumes a circuit runs within the request of its connection.
        Value = request.HttpContext?.Connection.RemoteIpAddress;
        return Task.CompletedTask;
    }
}
