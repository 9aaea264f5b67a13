using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>Ends streams together with the session or the key that opened them, on the node that ends it. Those of recipients end with their tokens.</summary>
internal sealed class EndedStreams(OperatorSessions sessions, ApiKeys keys, IOpenStreams streams) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        sessions.Ended += ended => streams.Stop(ended.Includes);
        keys.Revoked += key => streams.Stop(user => user.CallerId() == key);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
