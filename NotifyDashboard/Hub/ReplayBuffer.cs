namespace NotifyDashboard.Hub;

/// <summary>
/// The newest frames, in log order, bounded in bytes and number. One thread appends (dispatch); any number of threads read without a lock.
/// A reader whose position was evicted continues in the log.
/// </summary>
public sealed class ReplayBuffer
{
    /// <summary>Slots; a power of two. More frames than this are kept only by the log.</summary>
    private const int Slots = 16 * 1024;

    private readonly Frame?[] _ring = new Frame?[Slots];
    private readonly int _maxBytes;
    // The updates in the buffer, by the sequence of their notification; only dispatch uses it.
    private readonly Dictionary<long, Frame> _updates = [];
    private readonly TimeProvider _time;
    private long _first; // positions count every frame ever added; slot = position modulo Slots
    private long _next;
    private long _bytes;
    private long _floor;
    private long _head;

    /// <param name="head">The log's newest sequence at the start: the buffer holds only what comes after it.</param>
    public ReplayBuffer(long head, int maxBytes, TimeProvider time)
    {
        _floor = _head = head;
        (_maxBytes, _time) = (maxBytes, time);
    }

    /// <summary>The newest sequence added.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Everything above this sequence is in the buffer; entries at or below it are only in the log.</summary>
    public long Floor => Volatile.Read(ref _floor);

    /// <summary>Appends; only dispatch calls it. An update or retract is applied to the frames in the buffer before it is added itself.</summary>
    internal void Add(Frame frame)
    {
        if (frame.Entry.Kind != LogEntryKind.Notification) Apply(frame);
        while (_next - _first == Slots || (_bytes + frame.EstimatedBytes > _maxBytes && _first < _next))
        {
            ref var oldest = ref _ring[_first % Slots];
            _bytes -= oldest!.EstimatedBytes;
            if (oldest.Entry.Kind == LogEntryKind.Update && _updates.TryGetValue(About(oldest), out var update) && update == oldest) _updates.Remove(About(oldest));
            // The floor rises before the slot is emptied: a reader that still sees the old floor sees the old frame, or null, and then stops.
            Volatile.Write(ref _floor, oldest.Sequence);
            Volatile.Write(ref _first, _first + 1);
            Volatile.Write(ref oldest, null);
        }
        Volatile.Write(ref _ring[_next % Slots], frame);
        _bytes += frame.EstimatedBytes;
        Volatile.Write(ref _next, _next + 1);
        Volatile.Write(ref _head, frame.Sequence);
    }

    /// <summary>
    /// Collects the frames above <paramref name="after"/> that match, oldest first, until <paramref name="maxFrames"/> or <paramref name="maxBytes"/>
    /// is reached (at least one is taken). False when <paramref name="after"/> is below the floor: nothing is collected then.
    /// </summary>
    /// <param name="readThrough">The last sequence that was read.</param>
    public bool TryRead(TopicFilter filter, WireForm form, long after, List<Frame> frames, int maxFrames, int maxBytes, out long readThrough)
    {
        readThrough = after;
        var bytes = 0;
        var started = frames.Count;
        var next = Volatile.Read(ref _next);
        for (var position = PositionAfter(after, next); position < next; position++)
        {
            var frame = Volatile.Read(ref _ring[position % Slots]);
            // Evicted or overwritten during the search or the read: the collected frames are complete and in order, the rest comes from the log.
            // The floor is read after the slot: the search may have skipped a frame that was evicted meanwhile.
            if (frame is null || frame.Sequence <= readThrough || Volatile.Read(ref _first) > position || Floor > readThrough) break;
            if (frame.IsDeliverable(_time) && filter.Matches(frame.Notification.Draft))
            {
                var size = frame.Bytes(form).Length;
                if (frames.Count > started && (frames.Count - started == maxFrames || bytes + size > maxBytes)) return true;
                frames.Add(frame);
                bytes += size;
            }
            readThrough = frame.Sequence;
        }
        return readThrough > after || after >= Floor;
    }

    /// <summary>The frames in the buffer, oldest first; frames that are evicted meanwhile may be left out.</summary>
    public IEnumerable<Frame> Frames()
    {
        var next = Volatile.Read(ref _next);
        for (var position = Volatile.Read(ref _first); position < next; position++)
        {
            if (Volatile.Read(ref _ring[position % Slots]) is { } frame) yield return frame;
        }
    }

    /// <summary>The frame of a sequence, if it is still in the buffer.</summary>
    public Frame? Find(long sequence)
    {
        var next = Volatile.Read(ref _next);
        var position = PositionAfter(sequence - 1, next);
        return position < next && Volatile.Read(ref _ring[position % Slots]) is { } frame && frame.Sequence == sequence ? frame : null;
    }

    private static long About(Frame frame) => frame.Notification.Id.Sequence;

    private void Apply(Frame change)
    {
        var isUpdate = change.Entry.Kind == LogEntryKind.Update;
        if (Find(About(change)) is { } original)
        {
            if (isUpdate) original.ReplaceContent(change.Notification);
            else original.IsWithdrawn = true;
        }
        if (_updates.Remove(About(change), out var older)) older.IsWithdrawn = true;
        if (isUpdate) _updates[About(change)] = change;
    }

    // Sequences rise but need not be contiguous, so the position is searched and not computed.
    private long PositionAfter(long sequence, long next)
    {
        var low = Volatile.Read(ref _first);
        var high = next;
        while (low < high)
        {
            var middle = (low + high) / 2;
            // An emptied slot is before all remaining frames.
            if (Volatile.Read(ref _ring[middle % Slots]) is not { } frame || frame.Sequence <= sequence) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
