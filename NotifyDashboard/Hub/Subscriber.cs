namespace NotifyDashboard.Hub;

/// <summary>
/// A subscription: a filter and a position in the log, no queue. Dispatch only records the first pending sequence; the owner (a writer loop)
/// then reads the frames from the replay buffer, or from the log if it is further behind. Memory does not depend on how slow the subscriber
/// is, and live delivery, replay and catching up use the same code. See docs/adr/0002.
/// </summary>
/// <param name="wake">Called from dispatch when something is pending after nothing was; must return at once and not throw.</param>
public sealed class Subscriber(TopicFilter filter, WireForm form, Action wake)
{
    // Not 0 before Start, so that an offer does not wake it.
    private long _pendingFrom = 1;
    private long _position;
    private long _startedAt;

    public TopicFilter Filter { get; } = filter;

    public WireForm Form { get; } = form;

    /// <summary>Whether its topics may be suggested to operators: not those of anonymous streams.</summary>
    public bool NamesTopics { get; init; }

    /// <summary>Every match up to this sequence was handed to the owner.</summary>
    public long Position => _position;

    /// <summary>The newest sequence when it was added to the index: later entries are live, earlier ones are replay.</summary>
    public long JoinedAt { get; internal set; }

    /// <summary>Null: a stream without a recipient whose page has not reported its tabs. Replaced as a whole, from any thread.</summary>
    public Presence? Presence { get; set; }

    public bool HasPending => Volatile.Read(ref _pendingFrom) != 0;

    // Used by dispatch only: a notification on two of its topics is offered once.
    internal long LastOffered { get; set; }

    /// <summary>Begins to read after <paramref name="position"/>; called once, by the owner, after the subscriber was added to the index.</summary>
    public void Start(long position)
    {
        _position = _startedAt = position;
        Volatile.Write(ref _pendingFrom, position + 1);
        wake();
    }

    internal void Offer(long sequence)
    {
        // Usually earlier frames are still pending; then an offer costs one read.
        if (Volatile.Read(ref _pendingFrom) == 0 && Interlocked.CompareExchange(ref _pendingFrom, sequence, 0) == 0) wake();
    }

    /// <summary>
    /// Takes the next frames from the replay buffer; only the owner calls it.
    /// False when the log has to be read first, after <see cref="PendingAfter"/>; call <see cref="TakeFromLog"/> with the result.
    /// </summary>
    public bool TryTake(ReplayBuffer buffer, List<Frame> frames, int maxFrames, int maxBytes)
    {
        var after = PendingAfter;
        if (after < buffer.Floor) return false;
        // Cleared before the buffer is read: a frame that is added meanwhile sets it again.
        if (Interlocked.Exchange(ref _pendingFrom, 0) == 0) return true;
        var started = frames.Count;
        if (!buffer.TryRead(Filter, Form, after, frames, maxFrames, maxBytes, out var readThrough))
        {
            Volatile.Write(ref _pendingFrom, after + 1);
            return false;
        }
        _position = readThrough;
        // Replay only: drops changes that the replayed notification already contains.
        for (var i = frames.Count - 1; after < JoinedAt && i >= started; i--)
        {
            if (IsCoveredByReplay(frames[i].Entry)) frames.RemoveAt(i);
        }
        // Overwrites an offer made meanwhile: that one points to the newest frame and would skip those in between.
        if (readThrough < buffer.Head) Volatile.Write(ref _pendingFrom, readThrough + 1);
        return true;
    }

    /// <summary>Records that the log was read up to <paramref name="readThrough"/>.</summary>
    public void TakeFromLog(long readThrough) => _position = Math.Max(_position, readThrough);

    /// <summary>
    /// Whether the subscriber does not need this update or retract: it was appended before the subscriber joined, and its notification is after the start
    /// position, so that replay delivers the notification in its current state, or not at all.
    /// </summary>
    internal bool IsCoveredByReplay(LogEntry entry) =>
        entry.Kind != LogEntryKind.Notification && entry.Cursor.Sequence <= JoinedAt && entry.Notification.Id.Sequence > _startedAt;

    /// <summary>Where reading continues: everything up to this sequence was handed to the owner or does not match.</summary>
    public long PendingAfter => Math.Max(Volatile.Read(ref _pendingFrom) - 1, _position);
}
