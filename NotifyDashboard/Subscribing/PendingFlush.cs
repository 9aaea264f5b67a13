using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>A flush that the peer did not accept at once. The writer loop begins and ends it; <see cref="Since"/> may be read from any thread.</summary>
internal sealed class PendingFlush
{
    private Task<bool>? _task;
    private Frame[] _frames = [];
    private long _since;

    /// <summary>The timestamp of its begin; 0 if there is none.</summary>
    public long Since => Volatile.Read(ref _since);

    /// <summary>Whether the peer has not accepted it yet.</summary>
    public bool IsUnderWay => _task is { IsCompleted: false };

    /// <param name="frames">The frames that the flush completes: they are counted when the peer has accepted it.</param>
    /// <param name="completed">Called when <see cref="IsUnderWay"/> has become false.</param>
    public void Begin(Task<bool> flush, Frame[] frames, long now, Action completed)
    {
        (_task, _frames) = (flush, frames);
        Volatile.Write(ref _since, now);
        flush.GetAwaiter().UnsafeOnCompleted(completed);
    }

    /// <summary>Returns the result of a flush that is no longer under way; null if there was none.</summary>
    public (bool IsAccepted, Frame[] Frames)? End()
    {
        if (_task is not { } flush) return null;
        // Failed or cancelled: the peer disconnected during the flush, which is the normal end of a stream.
        var ended = (flush.IsCompletedSuccessfully && flush.Result, _frames);
        Volatile.Write(ref _since, 0);
        (_task, _frames) = (null, []);
        return ended;
    }
}
