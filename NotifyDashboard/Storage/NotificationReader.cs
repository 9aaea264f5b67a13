using System.Data.Common;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>Reads notifications from the rows of one statement that selects <see cref="NotificationRow.Columns"/>. It looks up each column by name once; the reader must be on a row whenever a member is used.</summary>
internal sealed class NotificationReader(DbDataReader reader, Epochs epochs)
{
    private readonly int _sequence = reader.GetOrdinal("sequence");
    private readonly int _kind = reader.GetOrdinal("kind");
    private readonly int _topics = reader.GetOrdinal("topics");
    private readonly int _private = reader.GetOrdinal("private");
    private readonly int _publishedAt = reader.GetOrdinal("published_at");
    private readonly int _publishedBy = reader.GetOrdinal("published_by");
    private readonly int _externalId = reader.GetOrdinal("external_id");
    private readonly int _collapse = reader.GetOrdinal("collapse");
    private readonly int _type = reader.GetOrdinal("type");
    private readonly int _title = reader.GetOrdinal("title");
    private readonly int _body = reader.GetOrdinal("body");
    private readonly int _severity = reader.GetOrdinal("severity");
    private readonly int _url = reader.GetOrdinal("url");
    private readonly int _icon = reader.GetOrdinal("icon");
    private readonly int _tags = reader.GetOrdinal("tags");
    private readonly int _actions = reader.GetOrdinal("actions");
    private readonly int _data = reader.GetOrdinal("data");
    private readonly int _dataIsJson = reader.GetOrdinal("data_is_json");
    private readonly int _retry = reader.GetOrdinal("retry_ms");
    private readonly int _expiresAt = reader.GetOrdinal("expires_at");
    private readonly int _updatedAt = reader.GetOrdinal("updated_at");
    private readonly int _retractedAt = reader.GetOrdinal("retracted_at");
    private readonly int _retractedBy = reader.GetOrdinal("retracted_by");
    private readonly int _retractReason = reader.GetOrdinal("retract_reason");

    // Single columns, for a caller that may skip the row without making a notification of it.

    public long Sequence => reader.GetInt64(_sequence);

    public LogEntryKind Kind => (LogEntryKind)reader.GetInt64(_kind);

    public string Type => reader.GetString(_type);

    public string? Severity => Optional(_severity);

    public DateTimeOffset PublishedAt => UnixTime.Of(reader.GetInt64(_publishedAt));

    public string PublishedBy => reader.GetString(_publishedBy);

    public Notification Read() => new(
        epochs.CursorOf(Sequence),
        new NotificationDraft
        {
            Topics = JsonSerializer.Deserialize<string[]>(reader.GetString(_topics))!,
            Private = reader.GetInt64(_private) != 0,
            ExternalId = Optional(_externalId),
            CollapseKey = Optional(_collapse) is { } collapse ? JsonSerializer.Deserialize<string[]>(collapse)![0] : null,
            Type = Type,
            Title = Optional(_title),
            Body = Optional(_body),
            Severity = Severity,
            Url = Optional(_url),
            Icon = Optional(_icon),
            Tags = Optional(_tags) is { } tags ? JsonSerializer.Deserialize<string[]>(tags)! : [],
            Actions = Optional(_actions) is { } actions ? JsonSerializer.Deserialize<NotificationAction[]>(actions)! : [],
            Data = Optional(_data) is { } data ? new NotificationData(data, reader.GetInt64(_dataIsJson) != 0) : null,
            Retry = reader.IsDBNull(_retry) ? null : TimeSpan.FromMilliseconds(reader.GetInt64(_retry)),
            ExpiresAt = Time(_expiresAt),
        },
        PublishedAt,
        PublishedBy,
        Time(_updatedAt),
        Time(_retractedAt) is { } at ? new Retraction(at, reader.GetString(_retractedBy), reader.GetString(_retractReason)) : null);

    private string? Optional(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private DateTimeOffset? Time(int column) => reader.IsDBNull(column) ? null : UnixTime.Of(reader.GetInt64(column));
}
