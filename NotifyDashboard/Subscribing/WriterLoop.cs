namespace NotifyDashboard.Subscribing;

/// <summary>
/// Pumps its streams one after another on a dedicated thread. On a thread of the pool, a pass over the streams would delay publishes, and each publish would
/// then cost a pass of its own instead of many sharing one.
/// </summary>
internal sealed class WriterLoop
{
    private readonly object _gate = new();
    private readonly Action<StreamConnection> _pump;
    private readonly Thread _thread;
    private StreamConnection? _newest;
    private bool _stopping;

    public WriterLoop(Action<StreamConnection> pump)
    {
        _pump = pump;
        _thread = new Thread(Run) { Name = "stream writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What the stream whose turn it is writes into.</summary>
    public ChunkBuffer Chunk { get; } = new();

    /// <summary>Asks for a turn; no stream asks again before it had that one. Costs no lock and no allocation: the streams are the queue's links.</summary>
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

    /// <summary>Ends the thread after the turns that were asked for.</summary>
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
            // All at once: what is marked meanwhile waits for the next sweep, and goes out in one write with what comes until then.
            for (var next = InOrder(Interlocked.Exchange(ref _newest, null)); next is not null;)
            {
                var connection = next;
                // Read before the turn, in which it may be put into the queue again.
                next = connection.NextReady;
                _pump(connection);
                // A turn that failed may have left something, which is not the next stream's.
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
