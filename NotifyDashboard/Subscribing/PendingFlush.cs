using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>A flush that the peer did not take at once. The writer loop begins and ends it; <see cref="Since"/> may be read from any thread.</summary>
internal sealed class PendingFlush
{
    private Task<bool>? _task;
    private Frame[] _frames = [];
    private long _since;

    /// <summary>When it began, as a timestamp; 0: there is none.</summary>
    public long Since => Volatile.Read(ref _since);

    /// <summary>Whether the peer has not taken it yet.</summary>
    public bool IsUnderWay => _task is { IsCompleted: false };

    /// <param name="frames">Wholly in it: they are counted when the peer has taken it.</param>
    /// <param name="completed">Called when <see cref="IsUnderWay"/> has become false.</param>
    public void Begin(Task<bool> flush, Frame[] frames, long now, Action completed)
    {
        (_task, _frames) = (flush, frames);
        Volatile.Write(ref _since, now);
        flush.GetAwaiter().UnsafeOnCompleted(completed);
    }

    /// <summary>Ends one that is not under way any more; null when there was none.</summary>
    public (bool IsTaken, Frame[] Frames)? End()
    {
        if (_task is not { } flush) return null;
        // Failed or cancelled: the peer went away in the middle of a frame, the ordinary end of a stream.
        var ended = (flush.IsCompletedSuccessfully && flush.Result, _frames);
        Volatile.Write(ref _since, 0);
        (_task, _frames) = (null, []);
        return ended;
    }
}
