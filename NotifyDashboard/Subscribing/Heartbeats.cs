using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>The bytes of the heartbeat, encoded once per cursor and shared by all streams that are caught up.</summary>
internal sealed class Heartbeats
{
    private readonly Lock _gate = new();
    private (Cursor Cursor, byte[] Bytes)? _last;

    public byte[] For(Cursor cursor)
    {
        lock (_gate)
        {
            if (_last is not { } last || last.Cursor != cursor) _last = last = (cursor, ControlFrames.Heartbeat(cursor));
            return last.Bytes;
        }
    }
}
