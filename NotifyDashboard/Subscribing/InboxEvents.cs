namespace NotifyDashboard.Subscribing;

/// <summary>Frames about the recipient's inbox that one stream has not written yet; they are written between notifications. Added from any thread, written by the writer loop.</summary>
internal sealed class InboxEvents
{
    // A frame may contain a thousand ids.
    private const int MaxWaiting = 16;

    private byte[][]? _waiting;
    private volatile bool _isStale;

    public bool IsEmpty => Volatile.Read(ref _waiting) is null;

    /// <summary>Whether frames were dropped: the stream then needs current counts instead.</summary>
    public bool IsStale => _isStale;

    /// <returns>False when there are too many: all are dropped, and <see cref="IsStale"/> is set.</returns>
    public bool TryAdd(byte[][] frames)
    {
        if (_isStale) return false;
        byte[][]? waiting, all;
        do
        {
            waiting = Volatile.Read(ref _waiting);
            all = waiting is null ? frames : [.. waiting, .. frames];
            if (all.Length > MaxWaiting) all = null;
        }
        while (Interlocked.CompareExchange(ref _waiting, all, waiting) != waiting);
        if (all is null) MarkStale();
        return all is not null;
    }

    public void MarkStale() => _isStale = true;

    /// <summary>Call this before current counts are read.</summary>
    public void ClearStale() => _isStale = false;

    /// <summary>Writes as many frames as there is room for, and returns their size in bytes.</summary>
    public int Write(StreamOutput output, int room)
    {
        // IsEmpty first: it costs no interlocked operation. An overflow on another thread may empty them after it.
        if (IsEmpty || Interlocked.Exchange(ref _waiting, null) is not { } frames) return 0;
        var (written, bytes) = (0, 0);
        while (written < frames.Length && bytes + frames[written].Length <= room)
        {
            output.Write(frames[written]);
            bytes += frames[written++].Length;
        }
        if (written < frames.Length) PutBack(frames[written..]);
        return bytes;
    }

    private void PutBack(byte[][] left)
    {
        byte[][]? newer;
        do newer = Volatile.Read(ref _waiting);
        while (Interlocked.CompareExchange(ref _waiting, newer is null ? left : [.. left, .. newer], newer) != newer);
    }
}
