using System.Net;

namespace NotifyDashboard.Subscribing;

/// <summary>A stream from its endpoint to its end; a feature of its request.</summary>
/// <param name="patterns">For how many it counts (<see cref="StreamLimits"/>).</param>
internal sealed class OpenedStream(HttpContext context, StreamConnection connection, StreamLimits limits, IPAddress address, int patterns)
{
    private bool _isReady;
    private CancellationTokenRegistration _gone;

    public async Task FindStartAsync(StreamRequest request)
    {
        // Registered first, then the start is found: nothing published in between is missed.
        var head = await connection.Writers.Hub.AddAsync(connection.Subscriber);
        var start = await connection.Writers.FindStartAsync(request, connection, head, context.RequestAborted);
        // Counted after it was registered: what the counts do not have, it gets.
        connection.StartAt(start, connection.Recipient is null ? null : await connection.Writers.Recipients.AddAsync(connection, context.RequestAborted));
        _isReady = true;
    }

    /// <summary>Ends with the stream; at once where its start was not found.</summary>
    public Task RunAsync()
    {
        if (!_isReady) return Task.CompletedTask;
        _gone = context.RequestAborted.UnsafeRegister(static connection => ((StreamConnection)connection!).Close(), connection);
        connection.Start();
        return connection.Ended;
    }

    public async Task CloseAsync()
    {
        await _gone.DisposeAsync();
        limits.Release(address, patterns);
        connection.Writers.Remove(connection);
        connection.Writers.Recipients.Remove(connection);
        await connection.Writers.Hub.RemoveAsync(connection.Subscriber);
    }
}
