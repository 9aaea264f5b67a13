using System.Net;

namespace NotifyDashboard.Subscribing;

/// <summary>The lifetime of a stream, from its endpoint to its end; a feature of its request.</summary>
/// <param name="patterns">The number of patterns that <see cref="StreamLimits"/> counted.</param>
internal sealed class OpenedStream(HttpContext context, StreamConnection connection, StreamLimits limits, IPAddress address, int patterns)
{
    private bool _isReady;
    private CancellationTokenRegistration _onAborted;

    public async Task FindStartAsync(StreamRequest request)
    {
        // Registered first, then the start is found: nothing published in between is missed.
        var head = await connection.Writers.Hub.SubscribeAsync(connection.Subscriber);
        var start = await connection.Writers.FindStartAsync(request, connection, head, context.RequestAborted);
        // Registered before counting: a change after the count arrives as an update.
        connection.StartAt(start, connection.Recipient is null ? null : await connection.Writers.Recipients.AddAsync(connection, context.RequestAborted));
        _isReady = true;
    }

    /// <summary>Ends with the stream, or at once if no start was found.</summary>
    public Task RunAsync()
    {
        if (!_isReady) return Task.CompletedTask;
        _onAborted = context.RequestAborted.UnsafeRegister(static connection => ((StreamConnection)connection!).Close(), connection);
        connection.Start();
        return connection.Ended;
    }

    public async Task CloseAsync()
    {
        await _onAborted.DisposeAsync();
        limits.Release(address, patterns);
        connection.Writers.Remove(connection);
        connection.Writers.Recipients.Remove(connection);
        await connection.Writers.Hub.UnsubscribeAsync(connection.Subscriber);
    }
}
