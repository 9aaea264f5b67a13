using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NotifyDashboard.Hub;

namespace NotifyDashboard.EventStream;

/// <summary>The hub's own frames. Their names are reserved, so a plain <c>EventSource</c> never meets them by accident.</summary>
public static class ControlFrames
{
    // Not for HTML, as with notifications: escaped, fifty topics in another script would not fit a flush.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>First on every stream. No id when a gap follows: a drop in between must not swallow the gap.</summary>
    /// <param name="recipient">What a recipient's pages know them by; null on a stream of nobody's.</param>
    /// <param name="inbox">The recipient's.</param>
    public static byte[] Hello(string streamId, TimeSpan heartbeat, Cursor? cursor, string? recipient = null, InboxState? inbox = null) => recipient is null || inbox is null
        ? Frame("hello", new { streamId, heartbeatSeconds = heartbeat.TotalSeconds }, cursor)
        : Frame("hello", new { streamId, heartbeatSeconds = heartbeat.TotalSeconds, recipient, preferences = inbox.Preferences, counts = inbox.Counts }, cursor);

    /// <summary>Something changed in the recipient's inbox. It is not in the log, so it has no id.</summary>
    public static byte[] InboxChanged(InboxUpdate update, InboxState inbox) =>
        Frame("read", new ReadData(update.Change, update.Ids, update.UpTo, update.Topics, inbox.Counts, update.Change == InboxChange.Preferences ? inbox.Preferences : null), null);

    /// <summary>Something may be missing before what follows. <paramref name="cursor"/> stands right before the first frame after it.</summary>
    public static byte[] Gap(GapReason reason, Cursor? oldest, Cursor cursor) =>
        Frame("gap", new { reason = reason switch { GapReason.Ahead => "ahead", GapReason.Trimmed => "trimmed", GapReason.Limited => "limited", _ => "unknown" }, oldest = oldest?.ToString() }, cursor);

    /// <summary>Still here, and everything up to <paramref name="cursor"/> was sent.</summary>
    public static byte[] Heartbeat(Cursor cursor) => Frame("heartbeat", new { }, cursor);

    /// <summary>The server goes away. Scripts cannot read <c>retry:</c>, so the time stands in the data too.</summary>
    public static byte[] Bye(TimeSpan retry) =>
        EventStreamEncoder.Encode(new EventStreamFrame(JsonSerializer.Serialize(new { retryMs = (long)retry.TotalMilliseconds }), DraftRules.ReservedPrefix + "bye", null, retry));

    private static byte[] Frame<T>(string name, T data, Cursor? cursor) =>
        EventStreamEncoder.Encode(new EventStreamFrame(JsonSerializer.Serialize(data, Json), DraftRules.ReservedPrefix + name, cursor?.ToString()));

    private sealed record ReadData(
        string Change, IReadOnlyList<string> Ids, string? UpTo, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Topics,
        InboxCounts Counts, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] InboxPreferences? Preferences);
}
