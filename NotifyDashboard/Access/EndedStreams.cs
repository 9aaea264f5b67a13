using System.Security.Claims;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>Ends streams together with the session or the key that opened them, on the node that ends it. Those of recipients end with their tokens.</summary>
internal sealed class EndedStreams(OperatorSessions sessions, ApiKeys keys, IEnumerable<IOpenStreams> open) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        sessions.Ended += ended => Stop(ended.Includes);
        keys.Revoked += key => Stop(user => user.CallerId() == key);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Stop(Func<ClaimsPrincipal, bool> includes)
    {
        foreach (var streams in open) streams.Stop(includes);
    }
}
