using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// One open stream. <see cref="Pump"/> runs on its writer loop alone and never waits: a flush or a log read that is not done at once
/// puts the stream back into the loop's queue when it is. Everything else only leaves a mark and asks for a turn.
/// </summary>
internal sealed class StreamConnection
{
    /// <summary>
    /// Most bytes of one flush; what does not fit goes out in the next one, a large frame in slices. So the write timeout means the
    /// same for everyone: a peer did not take this much in that time. A whole page of the log in one flush would cut a reader that is only slow.
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
    private volatile bool _cut;
    private volatile bool _heartbeatDue;
    private long _startAt;
    private long _lastWrite;
    private long _tabsSetAt; // 0: never

    // Only the writer loop touches these.
    private byte[] _greeting = [];
    private bool _saidBye;

    /// <param name="recipient">Whose it is; it ends when their token does. Null: nobody's.</param>
    public StreamConnection(HttpContext context, TopicFilter filter, WireForm form, StreamWriters writers, Recipient? recipient = null)
    {
        (_context, _peer, Writers, Recipient) = (context, context.Connection.RemoteIpAddress, writers, recipient);
        IsAnonymous = IsPublicAccess(context, recipient);
        _lastWrite = writers.Time.GetTimestamp();
        Subscriber = new Subscriber(filter, form, Schedule)
        {
            Presence = recipient is null ? null : new(recipient.Id, []),
            NamesTopics = !IsAnonymous,
        };
        _frames = new PendingFrames(this);
        _loop = writers.AssignLoop();
        _output = new StreamOutput(context, _loop.Chunk);
        writers.Add(this);
    }

    /// <summary>128 random bits: they name the stream towards its own page.</summary>
    public Guid Id { get; } = new(RandomNumberGenerator.GetBytes(16));

    public Subscriber Subscriber { get; }

    public StreamWriters Writers { get; }

    /// <summary>Whose it is; null: nobody's.</summary>
    public Recipient? Recipient { get; }

    /// <summary>Whether anybody may have opened it.</summary>
    public bool IsAnonymous { get; }

    /// <summary>Whether anybody may send this request.</summary>
    public static bool IsPublicAccess(HttpContext context, Recipient? recipient) => context.User.Identity?.IsAuthenticated != true || recipient is { IsPublicAccess: true };

    /// <summary>Who opened it.</summary>
    public ClaimsPrincipal User => _context.User;

    /// <summary>By what its peer's address is counted.</summary>
    public string Address => AddressKey.Of(_peer);

    /// <summary>Nothing more is sent.</summary>
    public bool IsClosed => _closed;

    /// <summary>The link of its loop's queue.</summary>
    internal StreamConnection? NextReady { get; set; }

    /// <summary>Done when nothing writes to the response any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Says where it begins, and what the greeting tells; before <see cref="Start"/>.</summary>
    /// <param name="inbox">The recipient's; null on a stream of nobody's.</param>
    public void StartAt(ResumePoint resume, InboxState? inbox = null)
    {
        _startAt = resume.Position;
        var cursor = Writers.Hub.Epochs.At(resume.Position);
        byte[] hello = ControlFrames.Hello(Id.ToString("N"), Writers.Options.Heartbeat, resume.Gap is null ? cursor : null, Recipient?.Handle, inbox);
        byte[] gap = resume.Gap is { } reason ? ControlFrames.Gap(reason, resume.Oldest, cursor) : [];
        _greeting = [.. EventStreamEncoder.Opening, .. hello, .. gap];
    }

    /// <summary>Greets and begins to send; from here on nobody else may write to the response.</summary>
    public void Start()
    {
        _started = true;
        Subscriber.Start(_startAt);
    }

    /// <summary>Whether whoever asks has opened it.</summary>
    /// <param name="recipient">The recipient that <paramref name="user"/> is, if any.</param>
    public bool IsOf(ClaimsPrincipal user, Recipient? recipient) =>
        recipient?.Id == Recipient?.Id && user.CallerId() == User.CallerId();

    /// <summary>Sets in which tabs it is listened to.</summary>
    /// <returns>False when they were set less than a second ago.</returns>
    public bool TrySetTabs(IReadOnlyList<TabPresence> tabs)
    {
        var (now, setAt) = (Writers.Time.GetTimestamp(), Volatile.Read(ref _tabsSetAt));
        if (setAt != 0 && Writers.Time.GetElapsedTime(setAt, now) < TabsPause) return false;
        if (Interlocked.CompareExchange(ref _tabsSetAt, now, setAt) != setAt) return false;
        Subscriber.Presence = new(Recipient?.Id, tabs);
        return true;
    }

    /// <summary>Frames about the inbox, to be written between the others. A stream that takes too few of them gets fresh counts instead, once it is live again.</summary>
    public void Notify(byte[][] frames)
    {
        if (_inboxEvents.TryAdd(frames)) Schedule();
    }

    /// <summary>Something happened to the inbox that could not be sent: the next tick asks for fresh counts, after a second's pause for a store in trouble.</summary>
    public void MarkInboxStale() => _inboxEvents.MarkStale();

    /// <summary>A page of the log was read, or could not be read. After a failure the next tick asks again: a second's pause for a store in trouble.</summary>
    internal void OnLogRead(bool succeeded)
    {
        if (succeeded || _closed || _stopping) Schedule();
    }

    /// <summary>The peer is gone: ends without another write.</summary>
    public void Close()
    {
        _closed = true;
        Schedule();
    }

    /// <summary>The server goes away, or the right to the stream: says when to come back, and ends.</summary>
    public void Stop()
    {
        _stopping = true;
        Schedule();
    }

    /// <summary>Cuts the connection; for a peer that takes nothing, and for errors.</summary>
    public void Abort()
    {
        _closed = true;
        _context.Abort();
        _ended.TrySetResult();
    }

    /// <summary>Called about once a second, on no particular thread.</summary>
    public void Tick(long now)
    {
        if (Recipient is not null && !_stopping && Writers.Time.GetUtcNow() >= Recipient.Until) Stop();
        var flushSince = _flush.Since;
        if (flushSince != 0)
        {
            // A peer that takes nothing cannot be said goodbye to either.
            var timedOut = Writers.Time.GetElapsedTime(flushSince, now) >= Writers.Options.WriteTimeout;
            if (_cut || !(timedOut || _stopping)) return;
            if (timedOut) Writers.CountWriteTimeout();
            // Cut by the loop: here the request may have ended since the flush was looked at.
            _cut = true;
            Schedule();
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
            Schedule();
        }
        else if (Subscriber.HasPending && !_frames.IsReadingLog)
        {
            // A failed log read is tried again here.
            Schedule();
        }
    }

    /// <summary>Writes what is pending, or as much of it as <see cref="MaxFlush"/> lets, in one flush. <paramref name="frames"/> is the loop's scratch list, empty.</summary>
    public void Pump(List<Frame> frames)
    {
        // Cleared first: a mark that is left from here on gets a further turn.
        Volatile.Write(ref _scheduled, 0);
        if (_ended.Task.IsCompleted || !TrySettleFlush() || _frames.IsReadingLog) return;
        if (_closed || _saidBye)
        {
            _ended.TrySetResult();
            return;
        }
        var stopping = _stopping;
        if (!_started) return;
        var room = Math.Max(0, MaxFlush - WriteGreeting());
        if (!stopping && !_frames.IsInFrame) room -= _inboxEvents.Write(_output, room);
        var taken = true;
        var whole = 0;
        if (stopping && !_frames.IsInFrame) SayBye();
        else if (taken = _frames.TryTake(frames, onlyBegun: stopping, MaxFlush)) whole = _frames.Write(frames, room, _output);
        if (_saidBye || frames.Count > 0 || room < MaxFlush || (taken && SendHeartbeat())) Flush(frames, whole);
        // Not while the log is read: its end asks for the next turn, and where it failed the next tick does.
        else if (taken && Subscriber.HasPending) Schedule();
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0) _loop.Enqueue(this);
    }

    private int WriteGreeting()
    {
        if (_greeting is not { Length: > 0 } greeting) return 0;
        _output.Write(greeting);
        _greeting = [];
        return greeting.Length;
    }

    private void SayBye()
    {
        var spread = Writers.Options.RestartSpread.TotalMilliseconds;
        _output.Write(ControlFrames.Bye(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * spread + 250)));
        _saidBye = true;
    }

    private bool SendHeartbeat()
    {
        if (!_heartbeatDue) return false;
        _heartbeatDue = false;
        // Read before looking whether something is pending: then everything up to it was sent to this stream.
        var dispatched = Writers.Hub.LastDispatched;
        if (Subscriber.HasPending || dispatched < Subscriber.Position) return false;
        _output.Write(Writers.Heartbeats.For(Writers.Hub.Epochs.At(dispatched)));
        return true;
    }

    private void Flush(List<Frame> frames, int whole)
    {
        var now = Writers.Time.GetTimestamp();
        Volatile.Write(ref _lastWrite, now);
        _heartbeatDue = false;
        if (whole < frames.Count) _frames.Keep(CollectionsMarshal.AsSpan(frames)[whole..]);
        var flush = _output.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            Settle(flush.Result, CollectionsMarshal.AsSpan(frames)[..whole]);
            if (_saidBye || _closed) _ended.TrySetResult();
            else if (_stopping || _frames.HasKept || !_inboxEvents.IsEmpty || (Subscriber.HasPending && !_frames.IsReadingLog)) Schedule();
            return;
        }
        // Only a peer that is behind, or gone, costs a task.
        _flush.Begin(flush.AsTask(), [.. frames.Take(whole).Where(Counts)], now, Schedule);
    }

    /// <summary>False while the peer has not taken the last flush.</summary>
    private bool TrySettleFlush()
    {
        if (_flush.IsUnderWay)
        {
            if (_cut) _context.Abort();
            return false;
        }
        if (_flush.End() is var (isTaken, frames)) Settle(isTaken, frames);
        return true;
    }

    private void Settle(bool isTaken, ReadOnlySpan<Frame> frames)
    {
        if (!isTaken)
        {
            _closed = true;
            return;
        }
        _output.LeaveResponse();
        foreach (var frame in frames)
        {
            if (Counts(frame)) frame.CountWritten();
        }
    }

    private bool Counts(Frame frame) => frame.Sequence > Subscriber.JoinedAt;
}
