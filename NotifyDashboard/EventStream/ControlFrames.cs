using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NotifyDashboard.Hub;

namespace NotifyDashboard.EventStream;

/// <summary>Events of the hub itself, under the reserved prefix <c>hub.</c>, so that they never collide with event types of publishers.</summary>
public static class ControlFrames
{
    // Relaxed as in EventStreamEncoder: escaped, the counts of fifty topics in another script would not fit into one flush.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first event. It has no id if a gap follows: if the connection dropped between the two, the browser would resume after the gap.</summary>
    /// <param name="recipient">The recipient's handle; null without a recipient.</param>
    /// <param name="inbox">The state of the recipient's inbox; null without a recipient.</param>
    public static byte[] Hello(string streamId, TimeSpan heartbeat, Cursor? cursor, string? recipient = null, InboxState? inbox = null) => recipient is null || inbox is null
        ? Frame("hello", new { streamId, heartbeatSeconds = heartbeat.TotalSeconds }, cursor)
        : Frame("hello", new { streamId, heartbeatSeconds = heartbeat.TotalSeconds, recipient, preferences = inbox.Preferences, counts = inbox.Counts }, cursor);

    /// <summary>A change of the recipient's inbox. It is not in the log, so it has no id.</summary>
    public static byte[] InboxChanged(InboxUpdate update, InboxState inbox) =>
        Frame("read", new ReadData(update.Change, update.Ids, update.UpTo, update.Topics, inbox.Counts, update.Change == InboxChange.Preferences ? inbox.Preferences : null), null);

    /// <summary>Notifications before the next event may be missing. <paramref name="cursor"/> is the position before that event.</summary>
    public static byte[] Gap(GapReason reason, Cursor? oldest, Cursor cursor) =>
        Frame("gap", new { reason = reason switch { GapReason.Ahead => "ahead", GapReason.Trimmed => "trimmed", GapReason.Limited => "limited", _ => "unknown" }, oldest = oldest?.ToString() }, cursor);

    /// <summary>Everything up to <paramref name="cursor"/> was sent.</summary>
    public static byte[] Heartbeat(Cursor cursor) => Frame("heartbeat", new { }, cursor);

    /// <summary>The server is stopping, or the right to the stream ended. Scripts cannot read the field <c>retry</c>, so the data repeats it.</summary>
    public static byte[] Bye(TimeSpan retry) =>
        EventStreamEncoder.Encode(new EventStreamFrame(JsonSerializer.Serialize(new { retryMs = (long)retry.TotalMilliseconds }), DraftRules.ReservedPrefix + "bye", null, retry));

    private static byte[] Frame<T>(string name, T data, Cursor? cursor) =>
        EventStreamEncoder.Encode(new EventStreamFrame(JsonSerializer.Serialize(data, Json), DraftRules.ReservedPrefix + name, cursor?.ToString()));

    private sealed record ReadData(
        string Change, IReadOnlyList<string> Ids, string? UpTo, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Topics,
        InboxCounts Counts, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] InboxPreferences? Preferences);
}
