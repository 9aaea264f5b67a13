using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// Pumps its streams one after another on a dedicated thread. On a thread of the pool, a pass over the streams would delay publishes, and each publish would
/// then need its own pass instead of sharing one with others.
/// </summary>
internal sealed class WriterLoop
{
    private readonly object _gate = new();
    private readonly Action<StreamConnection> _pump;
    private readonly Thread _thread;
    private StreamConnection? _newest;
    private long _delivered;
    private bool _stopping;

    public WriterLoop(Action<StreamConnection> pump)
    {
        _pump = pump;
        _thread = new Thread(Run) { Name = "stream writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The buffer of the stream that is being pumped.</summary>
    public ChunkBuffer Chunk { get; } = new();

    /// <summary>Live notifications that were written to the loop's streams.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>Counts the live frames of a flush; only on the loop's thread, so that it takes no lock.</summary>
    /// <param name="joinedAt">Frames up to this sequence are replay.</param>
    public void CountDelivered(ReadOnlySpan<Frame> frames, long joinedAt)
    {
        var delivered = _delivered;
        foreach (var frame in frames)
        {
            if (frame.Sequence <= joinedAt) continue;
            frame.CountWritten();
            if (frame.Entry.Kind == LogEntryKind.Notification) delivered++;
        }
        Volatile.Write(ref _delivered, delivered);
    }

    /// <summary>Puts the stream into the queue. The caller makes sure that it is not in it. Allocates nothing, because the streams are the links of the queue; takes a lock only if the queue was empty.</summary>
    public void Enqueue(StreamConnection connection)
    {
        StreamConnection? newest;
        do
        {
            newest = Volatile.Read(ref _newest);
            connection.NextReady = newest;
        }
        while (Interlocked.CompareExchange(ref _newest, connection, newest) != newest);
        if (newest is not null) return;
        lock (_gate) Monitor.Pulse(_gate);
    }

    /// <summary>Pumps the streams in the queue, then ends the thread.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }
        _thread.Join();
    }

    private void Run()
    {
        while (WaitForWork())
        {
            // All of them at once: streams that are queued meanwhile wait for the next pass, and what arrives until then goes out in the same write.
            for (var next = InOrder(Interlocked.Exchange(ref _newest, null)); next is not null;)
            {
                var connection = next;
                // Read before pumping, which may enqueue the stream again.
                next = connection.NextReady;
                _pump(connection);
                // After an exception the buffer may hold bytes of this stream.
                Chunk.Clear();
            }
        }
    }

    private bool WaitForWork()
    {
        lock (_gate)
        {
            while (Volatile.Read(ref _newest) is null && !_stopping) Monitor.Wait(_gate);
            return Volatile.Read(ref _newest) is not null;
        }
    }

    private static StreamConnection? InOrder(StreamConnection? newest)
    {
        StreamConnection? oldest = null;
        while (newest is not null)
        {
            var older = newest.NextReady;
            newest.NextReady = oldest;
            (oldest, newest) = (newest, older);
        }
        return oldest;
    }
}
