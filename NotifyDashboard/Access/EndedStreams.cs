using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>Ends the streams of a session or a key when it ends on this node. Streams of recipients end with their tokens.</summary>
internal sealed class EndedStreams(OperatorSessions sessions, ApiKeys keys, IOpenStreams streams) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        sessions.Ended += ended => streams.CloseWhere(ended.Includes);
        keys.Revoked += key => streams.CloseWhere(user => user.CallerId() == key);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
