using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// Writes to all streams with a few loops, one a core, instead of one task per stream: what is pending for a stream goes out in one
/// write and one flush, however many notifications it is. A stream belongs to one loop for life, so nothing else writes to it.
/// </summary>
internal sealed class StreamWriters : IOpenStreams, IAsyncDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly WriterLoop[] _loops;
    private readonly ConcurrentDictionary<Guid, StreamConnection> _open = new();
    private readonly FairLimiter _logReads = NewTurns();
    // Apart from the others: after a gap up to a thousand notifications are read whole, or with patterns the whole log, and anyone may ask.
    private readonly FairLimiter _gapReads = NewTurns();
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly CancellationToken _stopping;
    private int _next;
    private long _timedOut;

    public StreamWriters(NotificationHub hub, RecipientStreams recipients, TimeProvider time, IOptions<StreamOptions> options, IHostApplicationLifetime lifetime, ILogger<StreamWriters> logger)
    {
        (Hub, Recipients, Time, Options, _logger) = (hub, recipients, time, options.Value, logger);
        _loops = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => NewLoop())];
        _timer = time.CreateTimer(_ => Tick(), null, TickInterval, TickInterval);
        // Without this open streams would hold the shutdown for 30 seconds.
        _stopping = lifetime.ApplicationStopping;
        _stopping.Register(StopAll);
    }

    public NotificationHub Hub { get; }

    public RecipientStreams Recipients { get; }

    public TimeProvider Time { get; }

    public StreamOptions Options { get; }

    public Heartbeats Heartbeats { get; } = new();

    /// <summary>Streams open now.</summary>
    public int Count => _open.Count;

    /// <summary>Streams closed since the start because their peer took too little within <see cref="StreamOptions.WriteTimeout"/>.</summary>
    public long TimedOut => Volatile.Read(ref _timedOut);

    /// <summary>The loop that a new stream belongs to.</summary>
    public WriterLoop AssignLoop() => _loops[(uint)Interlocked.Increment(ref _next) % _loops.Length];

    public void Add(StreamConnection connection)
    {
        _open[connection.Id] = connection;
        // Checked after adding: either StopAll or this line sees the new stream.
        if (_stopping.IsCancellationRequested) connection.Stop();
    }

    public void Remove(StreamConnection connection) => _open.TryRemove(connection.Id, out _);

    /// <summary>The open stream of that id.</summary>
    public StreamConnection? Find(Guid id) => _open.GetValueOrDefault(id);

    /// <summary>
    /// Reads a page of the log for a stream that is behind the replay buffer; few at a time, so that a storm of them leaves live delivery its share,
    /// and address by address in turn.
    /// </summary>
    /// <returns>Null when the log could not be read, or the stream has ended meanwhile.</returns>
    public async Task<(IReadOnlyList<Frame> Frames, long ReadThrough)?> ReadLogAsync(StreamConnection connection)
    {
        const int pageSize = 256;
        using var turn = await _logReads.TakeAsync(connection.Address, CancellationToken.None);
        if (connection.IsClosed) return null;
        try
        {
            // On the pool: SQLite reads on the caller's thread, which is a writer loop that other streams wait for.
            return await Task.Run(() => Hub.ReadLogAsync(connection.Subscriber, pageSize, CancellationToken.None));
        }
        catch (Exception exception)
        {
            // Whatever it was: a stream that is not told waits for ever, and can neither end nor be stopped.
            StreamLog.CatchUpFailed(_logger, exception);
            return null;
        }
    }

    /// <summary>Where a stream starts; those that have to search the log for it are taken address by address in turn.</summary>
    public async Task<ResumePoint> FindStartAsync(StreamRequest request, StreamConnection connection, long head, CancellationToken cancellation)
    {
        var floor = connection.IsAnonymous && Options.MaxAnonymousSearch >= 0 ? head - Options.MaxAnonymousSearch : 0;
        // With patterns all topics that were ever trimmed are compared: that takes its turn too.
        var isQuick = request.Filter.Patterns.Count == 0 || Hub.Trimmed.IsEmpty || request.LastEventId is null;
        if (isQuick && ResumePoint.TryFind(request.LastEventId, request.Filter, head, floor, Hub.Epochs, Hub.Trimmed, out var start)) return start;
        using var turn = await _gapReads.TakeAsync(connection.Address, cancellation);
        return await Hub.ResumeAsync(request.LastEventId, request.Filter, head, cancellation, floor);
    }

    // As many may wait as there are streams: those are limited.
    private static FairLimiter NewTurns() => new(Math.Max(2, Environment.ProcessorCount), int.MaxValue, int.MaxValue);

    /// <summary>Counts a stream that took too little for too long, and says so in the log.</summary>
    public void CountWriteTimeout()
    {
        Interlocked.Increment(ref _timedOut);
        StreamLog.WriteTimedOut(_logger, Options.WriteTimeout);
    }

    private WriterLoop NewLoop()
    {
        var scratch = new List<Frame>();
        return new WriterLoop(connection =>
        {
            try
            {
                connection.Pump(scratch);
            }
            catch (Exception exception)
            {
                StreamLog.PumpFailed(_logger, exception);
                connection.Abort();
            }
            scratch.Clear();
        });
    }

    /// <inheritdoc/>
    public void Stop(Func<ClaimsPrincipal, bool> includes)
    {
        foreach (var (_, connection) in _open)
        {
            if (includes(connection.User)) connection.Stop();
        }
    }

    private void StopAll()
    {
        foreach (var (_, connection) in _open) connection.Stop();
    }

    private void Tick()
    {
        var now = Time.GetTimestamp();
        foreach (var (_, connection) in _open) connection.Tick(now);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        foreach (var loop in _loops) loop.Stop();
    }
}
