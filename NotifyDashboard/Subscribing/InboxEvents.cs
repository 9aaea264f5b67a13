namespace NotifyDashboard.Subscribing;

/// <summary>Frames about the recipient's inbox that wait for one stream, to be written between notifications. Added from any thread, written by the writer loop.</summary>
internal sealed class InboxEvents
{
    // Each may name a thousand ids.
    private const int MaxWaiting = 16;

    private byte[][]? _waiting;
    private volatile bool _isStale;

    public bool IsEmpty => Volatile.Read(ref _waiting) is null;

    /// <summary>Some were dropped: the stream needs fresh counts instead.</summary>
    public bool IsStale => _isStale;

    /// <returns>False when there are too many: from here on they are stale.</returns>
    public bool TryAdd(byte[][] frames)
    {
        if (_isStale) return false;
        byte[][]? known, all;
        do
        {
            known = Volatile.Read(ref _waiting);
            all = known is null ? frames : [.. known, .. frames];
            if (all.Length > MaxWaiting) all = null;
        }
        while (Interlocked.CompareExchange(ref _waiting, all, known) != known);
        if (all is null) MarkStale();
        return all is not null;
    }

    public void MarkStale() => _isStale = true;

    /// <summary>Fresh counts are about to be asked for.</summary>
    public void ClearStale() => _isStale = false;

    /// <summary>Writes as many as there is room for; gives their bytes.</summary>
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
