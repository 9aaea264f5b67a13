namespace NotifyDashboard.Hub;

/// <summary>Brings the log's entries to the dispatcher: all of them, in the order of their sequences, each once. See docs/adr/0017.</summary>
internal interface ILogFollower
{
    /// <summary>This node has committed these entries, in this order. Returns when the next commit may follow.</summary>
    ValueTask OnCommittedAsync(IReadOnlyList<LogEntry> entries);
}

/// <summary>The follower of a single node: no other process writes to the log, so its own commits are complete and in order.</summary>
internal sealed class InProcessLogFollower(Dispatcher dispatcher) : ILogFollower
{
    public ValueTask OnCommittedAsync(IReadOnlyList<LogEntry> entries) => dispatcher.DispatchAsync(entries);
}
