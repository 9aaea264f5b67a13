using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.EventStream;

/// <summary>Writes <c>text/event-stream</c> bytes (WHATWG HTML 9.2.5), without HTTP. Tests read its output with the parser of .NET.</summary>
public sealed class EventStreamEncoder : INotificationEncoder
{
    /// <summary>The event type of every notification in the envelope form.</summary>
    public const string EnvelopeType = DraftRules.ReservedPrefix + "notification";

    /// <summary>The event types of updates and retracts: the same in both forms, so that listeners for plain notifications never receive them.</summary>
    public const string UpdateType = DraftRules.ReservedPrefix + "update", RetractType = DraftRules.ReservedPrefix + "retract";

    // The default encoder escapes every non-ASCII character for HTML. This JSON is not embedded in HTML, and escaping would double or triple the size of text in other scripts.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A comment: the first bytes of a stream. Firefox fires <c>open</c> only when data has arrived.</summary>
    public static ReadOnlySpan<byte> Opening => ": hello\n\n"u8;

    /// <summary>Encodes an entry of the log.</summary>
    public byte[] Encode(LogEntry entry, WireForm form)
    {
        var (cursor, kind, notification) = entry;
        var draft = notification.Draft;
        var (data, type, retry) = kind switch
        {
            LogEntryKind.Update => (ToJson(notification, envelope: true), UpdateType, null),
            LogEntryKind.Retract => (RetractData(notification), RetractType, null),
            _ when form == WireForm.Envelope => (ToJson(notification, envelope: true), EnvelopeType, draft.Retry),
            _ => (draft.HasContent ? ToJson(notification, envelope: false) : draft.Data?.Text, draft.Type, draft.Retry),
        };
        return Encode(new EventStreamFrame(data, type, cursor.ToString(), retry));
    }

    /// <exception cref="ArgumentException">The type or the id contains CR, LF or NUL, which would inject fields.</exception>
    public static byte[] Encode(EventStreamFrame frame)
    {
        var wire = new ArrayBufferWriter<byte>(128 + (frame.Data?.Length ?? 0));
        if (frame.Id is not null) WriteField(wire, "id: "u8, ThrowIfControl(frame.Id));
        if (frame.Type is not (null or "message")) WriteField(wire, "event: "u8, ThrowIfControl(frame.Type));
        if (frame.Retry is { } retry) WriteField(wire, "retry: "u8, ((long)retry.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        if (frame.Data is not null) WriteData(wire, frame.Data);
        wire.Write("\n"u8);
        return wire.WrittenSpan.ToArray();
    }

    private static void WriteData(ArrayBufferWriter<byte> wire, ReadOnlySpan<char> data)
    {
        while (true)
        {
            var end = data.IndexOfAny('\r', '\n');
            if (end < 0) break;
            WriteField(wire, "data: "u8, data[..end]);
            data = data[(end + (data[end] == '\r' && end + 1 < data.Length && data[end + 1] == '\n' ? 2 : 1))..];
        }
        WriteField(wire, "data: "u8, data);
    }

    private static void WriteField(ArrayBufferWriter<byte> wire, ReadOnlySpan<byte> name, ReadOnlySpan<char> value)
    {
        wire.Write(name);
        Encoding.UTF8.GetBytes(value, wire);
        wire.Write("\n"u8);
    }

    private static string ThrowIfControl(string value) =>
        value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0 ? value : throw new ArgumentException("A field of an event stream cannot hold CR, LF or NUL.", nameof(value));

    private static string ToJson(Notification notification, bool envelope)
    {
        var draft = notification.Draft;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, notification.Id.ToString());
            if (envelope)
            {
                json.WriteString("type"u8, draft.Type);
                WriteStrings(json, "topics"u8, draft.Topics);
            }
            WriteOptional(json, "title"u8, draft.Title);
            WriteOptional(json, "body"u8, draft.Body);
            WriteOptional(json, "severity"u8, draft.Severity);
            WriteOptional(json, "url"u8, draft.Url);
            WriteOptional(json, "icon"u8, draft.Icon);
            if (draft.Tags.Count > 0) WriteStrings(json, "tags"u8, draft.Tags);
            WriteActions(json, draft.Actions);
            json.WriteString("publishedAt"u8, notification.PublishedAtText);
            if (notification.UpdatedAt is { } updated) json.WriteString("updatedAt"u8, TimeText.Of(updated));
            if (draft.ExpiresAt is { } end) json.WriteString("expiresAt"u8, TimeText.Of(end));
            if (draft.Data is { } data)
            {
                json.WritePropertyName("data"u8);
                if (data.IsJson) json.WriteRawValue(data.Text, skipInputValidation: true);
                else json.WriteStringValue(data.Text);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string RetractData(Notification notification) =>
        JsonSerializer.Serialize(new { id = notification.Id.ToString(), reason = notification.Retraction?.Reason ?? Retraction.Retracted });

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void WriteStrings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteActions(Utf8JsonWriter json, IReadOnlyList<NotificationAction> actions)
    {
        if (actions.Count == 0) return;
        json.WriteStartArray("actions"u8);
        foreach (var action in actions)
        {
            json.WriteStartObject();
            json.WriteString("label"u8, action.Label);
            json.WriteString("url"u8, action.Url);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
