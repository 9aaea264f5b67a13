namespace NotifyDashboard.Hub;

/// <summary>
/// Somebody who listens: a filter and a position in the log, no queue. New notifications only leave the mark "there is something from
/// here on"; its owner (a writer loop) then reads the frames out of the shared replay buffer, or the log when it is further behind. So it
/// costs the same memory however slow it is, and live delivery, replay and catching up are one way. See docs/adr/0002.
/// </summary>
/// <param name="wake">Called from dispatch when something is pending after nothing was; must return at once and not throw.</param>
public sealed class Subscriber(TopicFilter filter, WireForm form, Action wake)
{
    // Before it is started something is "pending", so that offers do not wake it.
    private long _pendingFrom = 1;
    private long _position;
    private long _startedAt;

    public TopicFilter Filter { get; } = filter;

    public WireForm Form { get; } = form;

    /// <summary>Whether operators are offered the topics that it asks for: not where anybody may have named them.</summary>
    public bool NamesTopics { get; init; }

    /// <summary>Everything that matches up to this sequence was handed to the owner.</summary>
    public long Position => _position;

    /// <summary>The newest sequence when it joined: what comes after is live, what came before is replay.</summary>
    public long JoinedAt { get; internal set; }

    /// <summary>Null: a stream without a recipient whose page has not reported its tabs. Replaced as a whole, from any thread.</summary>
    public Presence? Presence { get; set; }

    public bool HasPending => Volatile.Read(ref _pendingFrom) != 0;

    // Dispatch's own mark: a notification on two of its topics is offered once.
    internal long LastOffered { get; set; }

    /// <summary>Begins to read after <paramref name="position"/>; called once, by the owner, after the hub has it in its index.</summary>
    public void Start(long position)
    {
        _position = _startedAt = position;
        Volatile.Write(ref _pendingFrom, position + 1);
        wake();
    }

    internal void Offer(long sequence)
    {
        // Mostly it is still busy with earlier ones: then one plain read is all that a notification costs here.
        if (Volatile.Read(ref _pendingFrom) == 0 && Interlocked.CompareExchange(ref _pendingFrom, sequence, 0) == 0) wake();
    }

    /// <summary>
    /// Takes the next frames out of the replay buffer; only the owner calls it.
    /// False when the log has to be read first, from <see cref="PendingAfter"/> on; then <see cref="TakeFromLog"/> goes on.
    /// </summary>
    public bool TryTake(ReplayBuffer tail, List<Frame> into, int maxFrames, int maxBytes)
    {
        var after = PendingAfter;
        if (after < tail.Floor) return false;
        // Cleared before the tail is read: what is added while reading marks it anew, and nothing falls between.
        if (Interlocked.Exchange(ref _pendingFrom, 0) == 0) return true;
        var started = into.Count;
        if (!tail.TryRead(Filter, Form, after, into, maxFrames, maxBytes, out var readThrough))
        {
            Volatile.Write(ref _pendingFrom, after + 1);
            return false;
        }
        _position = readThrough;
        for (var i = into.Count - 1; after < JoinedAt && i >= started; i--)
        {
            if (IsCoveredByReplay(into[i].Entry)) into.RemoveAt(i);
        }
        // Written over any mark: one made while reading points at the newest, and what lies between would be lost.
        if (readThrough < tail.Head) Volatile.Write(ref _pendingFrom, readThrough + 1);
        return true;
    }

    /// <summary>The log was read for it up to <paramref name="readThrough"/>.</summary>
    public void TakeFromLog(long readThrough) => _position = Math.Max(_position, readThrough);

    /// <summary>
    /// Whether the subscriber does not need this update or retract: it was logged before the subscriber joined, and its notification lies after the start
    /// position, so that replay delivers the notification in its current state, or not at all.
    /// </summary>
    internal bool IsCoveredByReplay(LogEntry entry) =>
        entry.Kind != LogEntryKind.Notification && entry.Cursor.Sequence <= JoinedAt && entry.Notification.Id.Sequence > _startedAt;

    /// <summary>Where reading goes on: nothing at or below it is owed.</summary>
    public long PendingAfter => Math.Max(Volatile.Read(ref _pendingFrom) - 1, _position);
}
