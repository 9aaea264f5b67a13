using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.EventStream;

/// <summary>The hub's own frames. Their names are reserved, so a plain <c>EventSource</c> never meets them by accident.</summary>
public static class ControlFrames
{
    /// <summary>First on every stream. No id when a gap follows: a drop in between must not swallow the gap.</summary>
    /// <param name="recipient">What a recipient's pages know them by; null on a stream of nobody's.</param>
    public static byte[] Hello(string streamId, TimeSpan heartbeat, Cursor? cursor, string? recipient = null) => recipient is null
        ? Frame("hello", new { streamId, heartbeatSeconds = heartbeat.TotalSeconds }, cursor)
        : Frame("hello", new { streamId, heartbeatSeconds = heartbeat.TotalSeconds, recipient }, cursor);

    /// <summary>Something may be missing before what follows. <paramref name="cursor"/> stands right before the first frame after it.</summary>
    public static byte[] Gap(GapReason reason, Cursor? oldest, Cursor cursor) =>
        Frame("gap", new { reason = reason switch { GapReason.Ahead => "ahead", GapReason.Trimmed => "trimmed", _ => "unknown" }, oldest = oldest?.ToString() }, cursor);

    /// <summary>Still here, and everything up to <paramref name="cursor"/> was sent.</summary>
    public static byte[] Heartbeat(Cursor cursor) => Frame("heartbeat", new { }, cursor);

    /// <summary>The server goes away. Scripts cannot read <c>retry:</c>, so the time stands in the data too.</summary>
    public static byte[] Bye(TimeSpan retry) =>
        EventStreamEncoder.Encode(new EventStreamFrame(JsonSerializer.Serialize(new { retryMs = (long)retry.TotalMilliseconds }), DraftRules.ReservedPrefix + "bye", null, retry));

    private static byte[] Frame<T>(string name, T data, Cursor? cursor) =>
        EventStreamEncoder.Encode(new EventStreamFrame(JsonSerializer.Serialize(data), DraftRules.ReservedPrefix + name, cursor?.ToString()));
}
