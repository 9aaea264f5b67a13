using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>What a stream sends next: what did not fit into the last flush, then a page of the log where it is behind the replay buffer, then the buffer. Used by the writer loop alone.</summary>
internal sealed class PendingFrames(StreamConnection connection)
{
    private const int MaxFrames = 256;

    private Frame[] _kept = []; // taken, but they did not fit
    private byte[]? _begun;
    private int _offset; // bytes of the first kept frame that were written
    private volatile bool _isReadingLog;
    private (IReadOnlyList<Frame> Frames, long ReadThrough)? _page;

    /// <summary>Whether the stream is in the middle of a frame: nothing else may be written before its rest.</summary>
    public bool IsInFrame => _offset > 0;

    /// <summary>Whether some did not fit into the last flush.</summary>
    public bool HasKept => _kept.Length > 0;

    /// <summary>Whether there is nothing to take until the log has been read.</summary>
    public bool IsReadingLog => _isReadingLog;

    private Subscriber Subscriber => connection.Subscriber;

    /// <summary>Takes the next frames; false while the log is being read for them, which ends with <see cref="StreamConnection.OnLogRead"/>.</summary>
    /// <param name="onlyBegun">Nothing but the rest of a frame that is begun.</param>
    /// <param name="maxBytes">About how many bytes are worth taking.</param>
    public bool TryTake(List<Frame> frames, bool onlyBegun, int maxBytes)
    {
        if (_kept.Length > 0)
        {
            frames.AddRange(onlyBegun ? _kept.AsSpan(0, 1) : _kept);
            _kept = [];
            DropUndeliverable(frames);
            return true;
        }
        if (_page is { } page)
        {
            frames.AddRange(page.Frames);
            DropUndeliverable(frames);
            Subscriber.TakeFromLog(page.ReadThrough);
            _page = null;
            return true;
        }
        if (!Subscriber.HasPending || Subscriber.TryTake(connection.Writers.Hub.ReplayBuffer, frames, MaxFrames, maxBytes)) return true;
        _isReadingLog = true;
        _ = ReadLogAsync();
        return false;
    }

    /// <summary>Writes as much as there is room for, the first frame from where it was left; gives how many are wholly written.</summary>
    public int Write(List<Frame> frames, int room, StreamOutput output)
    {
        for (var whole = 0; whole < frames.Count; whole++)
        {
            var all = _begun ?? frames[whole].Bytes(Subscriber.Form);
            var bytes = all.AsSpan(_offset);
            if (bytes.Length > room)
            {
                output.Write(bytes[..room]);
                // Kept: an update in between gives the frame other bytes.
                _begun = all;
                _offset += room;
                return whole;
            }
            output.Write(bytes);
            room -= bytes.Length;
            (_begun, _offset) = (null, 0);
        }
        return frames.Count;
    }

    /// <summary>They are taken again first.</summary>
    public void Keep(ReadOnlySpan<Frame> frames) => _kept = [.. frames];

    // Retracted or expired since they were taken; what is begun has to be finished.
    private void DropUndeliverable(List<Frame> frames)
    {
        for (var i = frames.Count - 1; i >= (_begun is null ? 0 : 1); i--)
        {
            if (!frames[i].IsDeliverable(connection.Writers.Time)) frames.RemoveAt(i);
        }
    }

    private async Task ReadLogAsync()
    {
        _page = await connection.Writers.ReadLogAsync(connection);
        _isReadingLog = false;
        connection.OnLogRead(_page is not null);
    }
}
