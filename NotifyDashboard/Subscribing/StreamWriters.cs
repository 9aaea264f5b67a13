using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// Writes to all streams with one loop per core instead of one task per stream: all pending notifications of a stream go out in one
/// write and one flush, up to its maximum size. A stream belongs to the same loop until it ends, so nothing else writes to it.
/// </summary>
internal sealed class StreamWriters : IOpenStreams, IAsyncDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly WriterLoop[] _loops;
    private readonly ConcurrentDictionary<Guid, StreamConnection> _open = new();
    private readonly FairLimiter _logReads = NewLimiter();
    // Separate from _logReads: after a gap up to GapReplay notifications, or with patterns the whole log, are read, and anonymous callers can cause it.
    private readonly FairLimiter _gapReads = NewLimiter();
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly CancellationToken _stopping;
    private readonly StreamCensusTaker _census;
    private int _next;

    public StreamWriters(NotificationHub hub, RecipientStreams recipients, TimeProvider time, IOptions<StreamOptions> options, IHostApplicationLifetime lifetime, ILogger<StreamWriters> logger)
    {
        (Hub, Recipients, Time, Options, _logger, _census) = (hub, recipients, time, options.Value, logger, new(time));
        _loops = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => NewLoop())];
        _timer = time.CreateTimer(_ => Tick(), null, TickInterval, TickInterval);
        // Without this, open streams would delay the shutdown by 30 seconds.
        _stopping = lifetime.ApplicationStopping;
        _stopping.Register(StopAll);
    }

    public NotificationHub Hub { get; }

    public RecipientStreams Recipients { get; }

    public TimeProvider Time { get; }

    public StreamOptions Options { get; }

    public Heartbeats Heartbeats { get; } = new();

    /// <inheritdoc/>
    public int Count => _open.Count;

    /// <inheritdoc/>
    public long Delivered => _loops.Sum(loop => loop.Delivered);

    /// <inheritdoc/>
    public StreamCensus Census => _census.Take(_open.Select(pair => pair.Value));

    /// <summary>The loop for a new stream.</summary>
    public WriterLoop AssignLoop() => _loops[(uint)Interlocked.Increment(ref _next) % _loops.Length];

    public void Add(StreamConnection connection)
    {
        _open[connection.Id] = connection;
        Hub.Counters.CountOpened();
        // Checked after adding: either StopAll or this line sees the new stream.
        if (_stopping.IsCancellationRequested) connection.Stop();
    }

    public void Remove(StreamConnection connection) => _open.TryRemove(connection.Id, out _);

    /// <summary>The open stream with this id.</summary>
    public StreamConnection? Find(Guid id) => _open.GetValueOrDefault(id);

    /// <summary>
    /// Reads a page of the log for a stream that is behind the replay buffer. Only a few are read at a time, so that live delivery keeps its share,
    /// and addresses take turns.
    /// </summary>
    /// <returns>Null if the log could not be read or the stream is closed.</returns>
    public async Task<(IReadOnlyList<Frame> Frames, long ReadThrough)?> ReadLogAsync(StreamConnection connection)
    {
        const int pageSize = 256;
        try
        {
            using var turn = await _logReads.TakeAsync(connection.Address, CancellationToken.None);
            if (connection.IsClosed) return null;
            // On the pool: SQLite reads on the calling thread, which is a writer loop that other streams wait for.
            return await Task.Run(() => Hub.ReadLogAsync(connection.Subscriber, pageSize, CancellationToken.None));
        }
        catch (Exception exception)
        {
            // Any exception: a stream that never hears of it would neither continue nor stop.
            StreamLog.CatchUpFailed(_logger, exception);
            return null;
        }
    }

    /// <summary>Finds where a stream starts. If the log has to be searched for it, addresses take turns.</summary>
    public async Task<ResumePoint> FindStartAsync(StreamRequest request, StreamConnection connection, long head, CancellationToken cancellation)
    {
        var floor = connection.IsAnonymous && Options.MaxAnonymousSearch >= 0 ? head - Options.MaxAnonymousSearch : 0;
        // With patterns, every trimmed topic is compared, so that takes a turn too.
        var isQuick = request.Filter.Patterns.Count == 0 || Hub.Trimmed.IsEmpty || request.LastEventId is null;
        if (isQuick && ResumePoint.TryFind(request.LastEventId, request.Filter, head, floor, Hub.Epochs, Hub.Trimmed, out var start)) return start;
        using var turn = await _gapReads.TakeAsync(connection.Address, cancellation);
        return await Hub.ResumeAsync(request.LastEventId, request.Filter, head, cancellation, floor);
    }

    // Unbounded: one waits per stream, and streams are limited.
    private static FairLimiter NewLimiter() => new(Math.Max(2, Environment.ProcessorCount), int.MaxValue, int.MaxValue);

    /// <summary>Counts and logs a stream that was closed by the write timeout.</summary>
    public void CountWriteTimeout()
    {
        Hub.Counters.CountTimedOut();
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
    public void CloseWhere(Func<ClaimsPrincipal, bool> predicate)
    {
        foreach (var (_, connection) in _open)
        {
            if (predicate(connection.User)) connection.Stop();
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
