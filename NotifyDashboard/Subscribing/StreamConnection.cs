using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// One open stream. Only its writer loop calls <see cref="Pump"/>, which never waits: a flush or a log read that does not complete at once
/// puts the stream back into the loop's queue when it completes. All other threads only set a flag and request a turn.
/// </summary>
/// <remarks>
/// The states: until <see cref="Start"/> nothing is written. Then it is open. After <see cref="Stop"/> it completes a partly written frame, sends
/// <c>hub.bye</c> and ends. After <see cref="Close"/>, a failed flush or <see cref="Abort"/> it ends without another write. <see cref="Ended"/> is
/// completed last, when nothing writes to the response any more.
/// </remarks>
internal sealed class StreamConnection
{
    /// <summary>
    /// Maximum bytes of one flush; the rest goes out in the next one, a large frame in slices. So the write timeout means the same for every
    /// stream: the peer did not accept this much in that time. With a whole page of the log in one flush, it would close streams that are only slow.
    /// </summary>
    internal const int MaxFlush = 64 * 1024;

    private static readonly TimeSpan TabsPause = TimeSpan.FromSeconds(1);

    private readonly HttpContext _context;
    private readonly System.Net.IPAddress? _peer;
    private readonly StreamOutput _output;
    private readonly WriterLoop _loop;
    private readonly PendingFrames _frames;
    private readonly PendingFlush _flush = new();
    private readonly InboxEvents _inboxEvents = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _scheduled;
    private volatile bool _started;
    private volatile bool _closed;
    private volatile bool _stopping;
    private volatile bool _abortRequested;
    private volatile bool _heartbeatDue;
    private long _startAt;
    private long _lastWrite;
    private long _tabsSetAt; // 0: never

    // Only the writer loop uses these.
    private byte[] _firstEvents = [];
    private bool _byeWritten;

    /// <param name="recipient">The recipient; null for a stream without one. The stream ends when the token expires.</param>
    public StreamConnection(HttpContext context, TopicFilter filter, WireForm form, StreamWriters writers, Recipient? recipient = null)
    {
        (_context, _peer, Writers, Recipient) = (context, context.Connection.RemoteIpAddress, writers, recipient);
        IsAnonymous = StreamRequest.IsAnonymous(context, recipient);
        _lastWrite = writers.Time.GetTimestamp();
        Subscriber = new Subscriber(filter, form, RequestTurn)
        {
            Presence = recipient is null ? null : new(recipient.Id, []),
            NamesTopics = !IsAnonymous,
        };
        _frames = new PendingFrames(this);
        _loop = writers.AssignLoop();
        _output = new StreamOutput(context, _loop.Chunk);
        writers.Add(this);
    }

    /// <summary>128 random bits, with which the page refers to its stream.</summary>
    public Guid Id { get; } = new(RandomNumberGenerator.GetBytes(16));

    public Subscriber Subscriber { get; }

    public StreamWriters Writers { get; }

    /// <summary>The recipient; null for a stream without one.</summary>
    public Recipient? Recipient { get; }

    /// <summary>Whether anyone could have opened this stream.</summary>
    public bool IsAnonymous { get; }

    /// <summary>The user that opened it.</summary>
    public ClaimsPrincipal User => _context.User;

    /// <summary>The key under which the peer's address is limited.</summary>
    public string Address => AddressKey.Of(_peer);

    /// <summary>Whether it is closed: nothing more is sent.</summary>
    public bool IsClosed => _closed;

    internal long FlushSince => _flush.Since;

    /// <summary>The next stream in the queue of its loop.</summary>
    internal StreamConnection? NextReady { get; set; }

    /// <summary>Completed when nothing writes to the response any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Sets the start position and prepares the first events. Call it before <see cref="Start"/>.</summary>
    /// <param name="inbox">The state of the recipient's inbox; null without a recipient.</param>
    public void StartAt(ResumePoint resume, InboxState? inbox = null)
    {
        _startAt = resume.Position;
        var cursor = Writers.Hub.Epochs.CursorOf(resume.Position);
        byte[] hello = ControlFrames.Hello(Id.ToString("N"), Writers.Options.Heartbeat, resume.Gap is null ? cursor : null, Recipient?.Handle, inbox);
        byte[] gap = resume.Gap is { } reason ? ControlFrames.Gap(reason, resume.Oldest, cursor) : [];
        if (resume.Gap is GapReason.Trimmed /* any stranger can send a cursor that is unknown */) Writers.Hub.Counters.CountGap();
        _firstEvents = [.. EventStreamEncoder.Opening, .. hello, .. gap];
    }

    /// <summary>Begins to send, with the first events; from here on only this stream may write to the response.</summary>
    public void Start()
    {
        _started = true;
        Subscriber.Start(_startAt);
    }

    /// <summary>Whether this caller opened the stream.</summary>
    /// <param name="recipient">The recipient that <paramref name="user"/> is; null if none.</param>
    public bool WasOpenedBy(ClaimsPrincipal user, Recipient? recipient) =>
        recipient?.Id == Recipient?.Id && user.CallerId() == User.CallerId();

    /// <summary>Sets the tabs that share the stream.</summary>
    /// <returns>False if they were set less than a second ago.</returns>
    public bool TrySetTabs(IReadOnlyList<TabPresence> tabs)
    {
        var (now, setAt) = (Writers.Time.GetTimestamp(), Volatile.Read(ref _tabsSetAt));
        if (setAt != 0 && Writers.Time.GetElapsedTime(setAt, now) < TabsPause) return false;
        if (Interlocked.CompareExchange(ref _tabsSetAt, now, setAt) != setAt) return false;
        Subscriber.Presence = new(Recipient?.Id, tabs);
        return true;
    }

    /// <summary>Adds frames about the inbox, to be written between notifications. If too many wait, they are dropped, and the stream gets the current counts once it is live again.</summary>
    public void Notify(byte[][] frames)
    {
        if (_inboxEvents.TryAdd(frames)) RequestTurn();
    }

    /// <summary>An update of the inbox could not be sent: a later tick requests the current counts. The pause of a second spares a store that fails.</summary>
    public void MarkInboxStale() => _inboxEvents.MarkStale();

    /// <summary>A page of the log was read, or the read failed. After a failure the next tick tries again: the pause of a second spares a store that fails.</summary>
    internal void OnLogRead(bool succeeded)
    {
        if (succeeded || _closed || _stopping) RequestTurn();
    }

    /// <summary>The peer disconnected: ends without another write.</summary>
    public void Close()
    {
        _closed = true;
        RequestTurn();
    }

    /// <summary>Sends <c>hub.bye</c> with a reconnection time, then ends. Used when the server stops or the right to the stream ends.</summary>
    public void Stop()
    {
        _stopping = true;
        RequestTurn();
    }

    /// <summary>Closes the connection after an exception, on the writer loop.</summary>
    public void Abort()
    {
        _closed = true;
        _context.Abort();
        _ended.TrySetResult();
    }

    /// <summary>Called about once a second, on any thread.</summary>
    public void Tick(long now)
    {
        if (Recipient is not null && !_stopping && Writers.Time.GetUtcNow() >= Recipient.ExpiresAt) Stop();
        var flushSince = _flush.Since;
        if (flushSince != 0)
        {
            // hub.bye cannot be written either while the peer accepts no data.
            var timedOut = Writers.Time.GetElapsedTime(flushSince, now) >= Writers.Options.WriteTimeout;
            if (_abortRequested || !(timedOut || _stopping)) return;
            if (timedOut) Writers.CountWriteTimeout();
            // The loop aborts: on this thread, the request may have ended since the flush was read.
            _abortRequested = true;
            RequestTurn();
            return;
        }
        if (_inboxEvents.IsStale && !Subscriber.HasPending)
        {
            _inboxEvents.ClearStale();
            Writers.Recipients.Refresh(this);
        }
        if (Writers.Time.GetElapsedTime(Volatile.Read(ref _lastWrite), now) >= Writers.Options.Heartbeat)
        {
            _heartbeatDue = true;
            RequestTurn();
        }
        else if (Subscriber.HasPending && !_frames.IsReadingLog)
        {
            // Retries a failed log read.
            RequestTurn();
        }
    }

    /// <summary>Writes the pending frames in one flush, up to <see cref="MaxFlush"/>. <paramref name="frames"/> is the empty scratch list of the loop.</summary>
    public void Pump(List<Frame> frames)
    {
        // Cleared first: a flag that is set from here on gets another turn.
        Volatile.Write(ref _scheduled, 0);
        if (_ended.Task.IsCompleted || !TryCompleteFlush() || _frames.IsReadingLog) return;
        if (_closed || _byeWritten)
        {
            _ended.TrySetResult();
            return;
        }
        var stopping = _stopping;
        if (!_started) return;
        var room = Math.Max(0, MaxFlush - WriteFirstEvents());
        if (!stopping && !_frames.HasPartialFrame) room -= _inboxEvents.Write(_output, room);
        var taken = true;
        var completed = 0;
        if (stopping && !_frames.HasPartialFrame) WriteBye();
        else if (taken = _frames.TryTake(frames, onlyPartial: stopping, MaxFlush)) completed = _frames.Write(frames, room, _output);
        if (_byeWritten || frames.Count > 0 || room < MaxFlush || (taken && SendHeartbeat())) Flush(frames, completed);
        // Not while the log is being read: OnLogRead requests the next turn; after a failure the next tick does.
        else if (taken && Subscriber.HasPending) RequestTurn();
    }

    private void RequestTurn()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0) _loop.Enqueue(this);
    }

    private int WriteFirstEvents()
    {
        if (_firstEvents is not { Length: > 0 } events) return 0;
        _output.Write(events);
        _firstEvents = [];
        return events.Length;
    }

    private void WriteBye()
    {
        var spread = Writers.Options.RestartSpread.TotalMilliseconds;
        _output.Write(ControlFrames.Bye(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * spread + 250)));
        _byeWritten = true;
    }

    private bool SendHeartbeat()
    {
        if (!_heartbeatDue) return false;
        _heartbeatDue = false;
        // Read before HasPending: then everything up to it was sent to this stream.
        var dispatched = Writers.Hub.LastDispatched;
        if (Subscriber.HasPending || dispatched < Subscriber.Position) return false;
        _output.Write(Writers.Heartbeats.For(Writers.Hub.Epochs.CursorOf(dispatched)));
        return true;
    }

    private void Flush(List<Frame> frames, int completed)
    {
        var now = Writers.Time.GetTimestamp();
        Volatile.Write(ref _lastWrite, now);
        _heartbeatDue = false;
        if (completed < frames.Count) _frames.PutBack(CollectionsMarshal.AsSpan(frames)[completed..]);
        var flush = _output.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            CompleteFlush(flush.Result, CollectionsMarshal.AsSpan(frames)[..completed]);
            if (_byeWritten || _closed) _ended.TrySetResult();
            else if (_stopping || _frames.HasUnsent || !_inboxEvents.IsEmpty || (Subscriber.HasPending && !_frames.IsReadingLog)) RequestTurn();
            return;
        }
        // Only a peer that is behind or disconnected costs a task. Frames that are not live are left out here, so that the flush does not keep them in memory.
        _flush.Begin(flush.AsTask(), [.. frames.Take(completed).Where(IsLive)], now, RequestTurn);
    }

    /// <summary>False while the peer has not accepted the last flush.</summary>
    private bool TryCompleteFlush()
    {
        if (_flush.IsUnderWay)
        {
            if (_abortRequested) _context.Abort();
            return false;
        }
        if (_flush.End() is var (isAccepted, frames)) CompleteFlush(isAccepted, frames);
        return true;
    }

    private void CompleteFlush(bool isAccepted, ReadOnlySpan<Frame> frames)
    {
        if (!isAccepted)
        {
            _closed = true;
            return;
        }
        _output.SwitchToSocket();
        _loop.CountDelivered(frames, Subscriber.JoinedAt);
    }

    private bool IsLive(Frame frame) => frame.Sequence > Subscriber.JoinedAt;
}
