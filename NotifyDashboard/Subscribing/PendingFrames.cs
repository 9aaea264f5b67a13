using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>The frames that a stream sends next: those that did not fit into the last flush, then a page of the log if it is behind the replay buffer, then the buffer. Only the writer loop uses it.</summary>
internal sealed class PendingFrames(StreamConnection connection)
{
    private const int MaxFrames = 256;

    private Frame[] _unsent = []; // taken, but not completely written
    private byte[]? _partialBytes;
    private int _offset; // bytes of the first unsent frame that were written
    private volatile bool _isReadingLog;
    private (IReadOnlyList<Frame> Frames, long ReadThrough)? _page;

    /// <summary>Whether a frame is partly written: nothing else may be written before the rest of it.</summary>
    public bool HasPartialFrame => _offset > 0;

    /// <summary>Whether frames did not fit into the last flush.</summary>
    public bool HasUnsent => _unsent.Length > 0;

    /// <summary>Whether the log is being read, and no frame can be taken until then.</summary>
    public bool IsReadingLog => _isReadingLog;

    private Subscriber Subscriber => connection.Subscriber;

    /// <summary>Takes the next frames. False if the log has to be read for them: <see cref="StreamConnection.OnLogRead"/> is called after that.</summary>
    /// <param name="onlyPartial">Whether to take only the frame that is partly written.</param>
    /// <param name="maxBytes">The approximate number of bytes to take.</param>
    public bool TryTake(List<Frame> frames, bool onlyPartial, int maxBytes)
    {
        if (_unsent.Length > 0)
        {
            frames.AddRange(onlyPartial ? _unsent.AsSpan(0, 1) : _unsent);
            _unsent = [];
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

    /// <summary>Writes as much as there is room for, beginning with the rest of a partly written frame, and returns the number of completed frames.</summary>
    public int Write(List<Frame> frames, int room, StreamOutput output)
    {
        for (var completed = 0; completed < frames.Count; completed++)
        {
            var all = _partialBytes ?? frames[completed].Bytes(Subscriber.Form);
            var bytes = all.AsSpan(_offset);
            if (bytes.Length > room)
            {
                output.Write(bytes[..room]);
                // These bytes are kept: an update would change those of the frame.
                _partialBytes = all;
                _offset += room;
                return completed;
            }
            output.Write(bytes);
            room -= bytes.Length;
            (_partialBytes, _offset) = (null, 0);
        }
        return frames.Count;
    }

    /// <summary>The next call of <see cref="TryTake"/> takes these frames first.</summary>
    public void PutBack(ReadOnlySpan<Frame> frames) => _unsent = [.. frames];

    // Drops frames that were retracted or expired since they were taken, but a partly written frame has to be completed.
    private void DropUndeliverable(List<Frame> frames)
    {
        for (var i = frames.Count - 1; i >= (_partialBytes is null ? 0 : 1); i--)
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
