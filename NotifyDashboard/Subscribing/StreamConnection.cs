using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// One open stream. <see cref="Turn"/> runs on its writer loop alone and never waits: a flush or a log read that is not done at once
/// puts the stream back into the loop's queue when it is. Everything else only leaves a mark and asks for a turn.
/// </summary>
internal sealed class StreamConnection
{
    private const int MaxFramesPerTurn = 256;

    /// <summary>
    /// Most bytes of one flush; what does not fit goes out in the next one, a large frame in slices. So the write timeout means the
    /// same for everyone: a peer did not take this much in that time. A whole page of the log in one flush would cut a reader that is only slow.
    /// </summary>
    internal const int MaxFlush = 64 * 1024;

    private static readonly TimeSpan TabsPause = TimeSpan.FromSeconds(1);

    // Frames about the inbox that wait; each may have a thousand ids.
    private const int MaxNews = 16;

    private readonly HttpContext _context;
    private readonly System.Net.IPAddress? _peer;
    private readonly StreamOutput _output;
    private readonly WriterLoop _loop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _scheduled;
    private volatile bool _started;
    private volatile bool _closed;
    private volatile bool _stopping;
    private volatile bool _cut;
    private volatile bool _heartbeatDue;
    private long _startAt;
    private long _lastWrite;
    private long _flushSince; // 0: no flush is under way
    private byte[][]? _news; // of the inbox, to be written
    private volatile bool _missedNews;
    private long _toldTabs; // 0: never

    // Only the writer loop touches these.
    private byte[] _greeting = [];
    private Task<bool>? _flush;
    private Frame[] _inFlight = []; // wholly in the flush under way, and counted when it is done
    private Frame[] _kept = []; // collected, but they did not fit
    private byte[]? _begun;
    private int _offset; // bytes of the first kept frame that were written
    private bool _saidBye;
    private volatile bool _readingLog;
    private (IReadOnlyList<Frame> Frames, long ReadThrough)? _page;

    /// <param name="recipient">Whose it is; it ends when their token does. Null: nobody's.</param>
    public StreamConnection(HttpContext context, TopicFilter filter, WireForm form, StreamWriters writers, Recipient? recipient = null)
    {
        (_context, _peer, Writers, Recipient) = (context, context.Connection.RemoteIpAddress, writers, recipient);
        IsAnonymous = IsForAnyone(context, recipient);
        _lastWrite = writers.Time.GetTimestamp();
        Subscriber = new Subscriber(filter, form, Schedule)
        {
            Presence = recipient is null ? null : new(recipient.Id, []),
            NamesTopics = !IsAnonymous,
        };
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
    public static bool IsForAnyone(HttpContext context, Recipient? recipient) => context.User.Identity?.IsAuthenticated != true || recipient is { IsForAnyone: true };

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

    /// <summary>In which tabs it is listened to.</summary>
    /// <returns>False where that was told less than a second ago.</returns>
    public bool TryTellTabs(IReadOnlyList<TabPresence> tabs)
    {
        var (now, told) = (Writers.Time.GetTimestamp(), Volatile.Read(ref _toldTabs));
        if (told != 0 && Writers.Time.GetElapsedTime(told, now) < TabsPause) return false;
        if (Interlocked.CompareExchange(ref _toldTabs, now, told) != told) return false;
        Subscriber.Presence = new(Recipient?.Id, tabs);
        return true;
    }

    /// <summary>Frames about the inbox, to be written between the others. A stream that takes too few of them gets fresh counts instead, once it is live again.</summary>
    public void Tell(byte[][] frames)
    {
        if (_missedNews) return;
        byte[][]? known, all;
        do
        {
            known = Volatile.Read(ref _news);
            all = known is null ? frames : [.. known, .. frames];
            if (all.Length > MaxNews) all = null;
        }
        while (Interlocked.CompareExchange(ref _news, all, known) != known);
        if (all is null) Miss();
        else Schedule();
    }

    /// <summary>What happened to the inbox could not be told.</summary>
    public void Miss()
    {
        _missedNews = true;
        // Its next tick asks again: a second's pause for a store in trouble.
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

    /// <summary>Cuts the connection; for a peer that takes nothing, and for faults.</summary>
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
        var flushSince = Volatile.Read(ref _flushSince);
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
        if (_missedNews && !Subscriber.HasPending)
        {
            _missedNews = false;
            Writers.Recipients.Refresh(this);
        }
        if (Writers.Time.GetElapsedTime(Volatile.Read(ref _lastWrite), now) >= Writers.Options.Heartbeat)
        {
            _heartbeatDue = true;
            Schedule();
        }
        else if (Subscriber.HasPending && !_readingLog)
        {
            // A failed log read is tried again here.
            Schedule();
        }
    }

    /// <summary>Writes what is pending, or as much of it as <see cref="MaxFlush"/> lets, in one flush. <paramref name="frames"/> is the loop's scratch list, empty.</summary>
    public void Turn(List<Frame> frames)
    {
        // Cleared first: whoever leaves a mark from here on gets a further turn.
        Volatile.Write(ref _scheduled, 0);
        if (_ended.Task.IsCompleted || !FlushSettled() || _readingLog) return;
        if (_closed || _saidBye)
        {
            _ended.TrySetResult();
            return;
        }
        var stopping = _stopping;
        if (!_started) return;
        var room = Math.Max(0, MaxFlush - Greet());
        // Not into the middle of a frame.
        if (!stopping && _offset == 0) room -= WriteNews(room);
        var collected = true;
        var whole = 0;
        if (stopping && _offset == 0) SayBye();
        else if (collected = Collect(frames, onlyBegun: stopping)) whole = Write(frames, room);
        if (_saidBye || frames.Count > 0 || room < MaxFlush || (collected && Beat())) Flush(frames, whole);
        // Not while the log is read: its end asks for the next turn, and where it failed the next tick does.
        else if (collected && Subscriber.HasPending) Schedule();
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0) _loop.Enqueue(this);
    }

    private int WriteNews(int room)
    {
        if (Volatile.Read(ref _news) is null) return 0;
        var (news, written, bytes) = (Interlocked.Exchange(ref _news, null)!, 0, 0);
        while (written < news.Length && bytes + news[written].Length <= room)
        {
            _output.Write(news[written]);
            bytes += news[written++].Length;
        }
        if (written < news.Length) TellFirst(news[written..]);
        return bytes;
    }

    private void TellFirst(byte[][] left)
    {
        byte[][]? newer;
        do newer = Volatile.Read(ref _news);
        while (Interlocked.CompareExchange(ref _news, newer is null ? left : [.. left, .. newer], newer) != newer);
    }

    private int Greet()
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

    /// <summary>Finds the next frames; false while the log is being read for them.</summary>
    /// <param name="onlyBegun">Nothing but the rest of a frame that is in the middle: no other may follow before it.</param>
    private bool Collect(List<Frame> frames, bool onlyBegun)
    {
        if (_kept.Length > 0)
        {
            frames.AddRange(onlyBegun ? _kept.AsSpan(0, 1) : _kept);
            _kept = [];
            DropOver(frames);
            return true;
        }
        if (_page is { } page)
        {
            frames.AddRange(page.Frames);
            DropOver(frames);
            Subscriber.TakeFromLog(page.ReadThrough);
            _page = null;
            return true;
        }
        if (!Subscriber.HasPending || Subscriber.TryTake(Writers.Hub.Tail, frames, MaxFramesPerTurn, MaxFlush)) return true;
        _readingLog = true;
        _ = ReadLogAsync();
        return false;
    }

    // What was taken back or expired since it was collected; what is begun has to be finished.
    private void DropOver(List<Frame> frames)
    {
        for (var i = frames.Count - 1; i >= (_begun is null ? 0 : 1); i--)
        {
            if (frames[i].IsOver(Writers.Time)) frames.RemoveAt(i);
        }
    }

    private async Task ReadLogAsync()
    {
        _page = await Writers.ReadLogAsync(this);
        _readingLog = false;
        // After a failure the next tick asks again: a second's pause for a store in trouble.
        if (_page is not null || _closed || _stopping) Schedule();
    }

    /// <summary>Writes as much as there is room for, the first frame from where it was left; gives how many are wholly written.</summary>
    private int Write(List<Frame> frames, int room)
    {
        for (var whole = 0; whole < frames.Count; whole++)
        {
            var all = _begun ?? frames[whole].Bytes(Subscriber.Form);
            var bytes = all.AsSpan(_offset);
            if (bytes.Length > room)
            {
                _output.Write(bytes[..room]);
                // Kept: an update in between gives the frame other bytes.
                _begun = all;
                _offset += room;
                return whole;
            }
            _output.Write(bytes);
            room -= bytes.Length;
            (_begun, _offset) = (null, 0);
        }
        return frames.Count;
    }

    private bool Beat()
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
        if (whole < frames.Count) _kept = [.. CollectionsMarshal.AsSpan(frames)[whole..]];
        var flush = _output.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            Settle(flush.Result, CollectionsMarshal.AsSpan(frames)[..whole]);
            if (_saidBye || _closed) _ended.TrySetResult();
            else if (_stopping || _kept.Length > 0 || Volatile.Read(ref _news) is not null || (Subscriber.HasPending && !_readingLog)) Schedule();
            return;
        }
        // Only a peer that is behind, or gone, costs a task.
        _inFlight = [.. frames.Take(whole).Where(Counts)];
        Volatile.Write(ref _flushSince, now);
        _flush = flush.AsTask();
        _flush.GetAwaiter().UnsafeOnCompleted(Schedule);
    }

    /// <summary>False while the peer has not taken the last flush.</summary>
    private bool FlushSettled()
    {
        if (_flush is null) return true;
        if (!_flush.IsCompleted)
        {
            if (_cut) _context.Abort();
            return false;
        }
        Volatile.Write(ref _flushSince, 0);
        // Failed or cancelled: the peer went away in the middle of a frame, the ordinary end of a stream.
        if (_flush.IsCompletedSuccessfully) Settle(_flush.Result, _inFlight);
        else _closed = true;
        _flush = null;
        _inFlight = [];
        return true;
    }

    private void Settle(bool taken, ReadOnlySpan<Frame> frames)
    {
        if (!taken)
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
