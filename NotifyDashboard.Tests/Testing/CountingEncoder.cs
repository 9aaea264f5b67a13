using System.Collections.Concurrent;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Testing;

/// <summary>The real encoder, counting.</summary>
internal sealed class CountingEncoder : INotificationEncoder
{
    private readonly EventStreamEncoder _encoder = new();

    /// <summary>How often each sequence was encoded in each form.</summary>
    public ConcurrentDictionary<(long Sequence, WireForm Form), int> Encodes { get; } = new();

    public byte[] Encode(LogEntry entry, WireForm form)
    {
        Encodes.AddOrUpdate((entry.Cursor.Sequence, form), 1, (_, count) => count + 1);
        return _encoder.Encode(entry, form);
    }
}
