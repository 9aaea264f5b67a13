using System.Data.Common;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>A notification's row, read and written alike in every dialect.</summary>
internal static class NotificationRow
{
    /// <summary>The columns in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns = "sequence, " + GivenColumns + ", kind, updated_at, retracted_at, retracted_by, retract_reason";

    /// <summary>The columns in the order in which <see cref="Values"/> gives them: all that is known when a notification is published, but the sequence, which the log gives.</summary>
    public const string GivenColumns = "topics, private, published_at, published_by, kept_until, external_id, collapse, type, " + ContentColumns;

    /// <summary>The columns in the order in which <see cref="Content"/> gives them: what an update replaces.</summary>
    public const string ContentColumns = "title, body, severity, url, icon, tags, actions, data, data_is_json, retry_ms, expires_at";

    /// <summary>The same, without what can be long: enough to say whether a row matches.</summary>
    public static readonly string BriefColumns = string.Join(", ", Columns.Split(", ").Select(column => column is "external_id" or "collapse" or "title" or "body" or "url" or "icon" or "tags" or "actions" or "data" ? "NULL" : column));

    /// <summary>The same columns of a table that is called <paramref name="alias"/> in the statement.</summary>
    public static string Of(string alias) => string.Join(", ", Columns.Split(", ").Select(column => $"{alias}.{column}"));

    public static Notification Read(DbDataReader row, Epochs epochs) => new(
        epochs.At(ReadSequence(row)),
        new NotificationDraft
        {
            Topics = JsonSerializer.Deserialize<string[]>(row.GetString(1))!,
            Private = row.GetInt64(2) != 0,
            ExternalId = Optional(row, 6),
            CollapseKey = Optional(row, 7) is { } collapse ? JsonSerializer.Deserialize<string[]>(collapse)![0] : null,
            Type = ReadType(row),
            Title = Optional(row, 9),
            Body = Optional(row, 10),
            Severity = ReadSeverity(row),
            Url = Optional(row, 12),
            Icon = Optional(row, 13),
            Tags = Optional(row, 14) is { } tags ? JsonSerializer.Deserialize<string[]>(tags)! : [],
            Actions = Optional(row, 15) is { } actions ? JsonSerializer.Deserialize<NotificationAction[]>(actions)! : [],
            Data = Optional(row, 16) is { } data ? new NotificationData(data, row.GetInt64(17) != 0) : null,
            Retry = row.IsDBNull(18) ? null : TimeSpan.FromMilliseconds(row.GetInt64(18)),
            ExpiresAt = Time(row, 19),
        },
        ReadPublishedAt(row),
        ReadPublishedBy(row),
        Time(row, 21),
        Time(row, 22) is { } at ? new Retraction(at, row.GetString(23), row.GetString(24)) : null);

    /// <summary>Single columns, for who may pass the row over without making a notification of it.</summary>
    public static long ReadSequence(DbDataReader row) => row.GetInt64(0);

    /// <inheritdoc cref="ReadSequence"/>
    public static string ReadType(DbDataReader row) => row.GetString(8);

    /// <inheritdoc cref="ReadSequence"/>
    public static string? ReadSeverity(DbDataReader row) => Optional(row, 11);

    /// <inheritdoc cref="ReadSequence"/>
    public static DateTimeOffset ReadPublishedAt(DbDataReader row) => UnixTime.Of(row.GetInt64(3));

    /// <inheritdoc cref="ReadSequence"/>
    public static string ReadPublishedBy(DbDataReader row) => row.GetString(4);

    /// <inheritdoc cref="ReadSequence"/>
    public static LogEntryKind ReadKind(DbDataReader row) => (LogEntryKind)row.GetInt64(20);

    /// <summary>What is known when a notification is published.</summary>
    public static object?[] Values(NotificationDraft draft, DateTimeOffset publishedAt, string publishedBy, DateTimeOffset? keptUntil) =>
    [
        JsonSerializer.Serialize(draft.Topics),
        draft.Private ? 1 : 0,
        publishedAt.ToUnixTimeMilliseconds(),
        publishedBy,
        keptUntil?.ToUnixTimeMilliseconds(),
        draft.ExternalId,
        CollapseScope(draft),
        draft.Type,
        .. Content(draft),
    ];

    /// <summary>What an update replaces.</summary>
    public static object?[] Content(NotificationDraft draft) =>
    [
        draft.Title,
        draft.Body,
        draft.Severity,
        draft.Url,
        draft.Icon,
        draft.Tags.Count > 0 ? JsonSerializer.Serialize(draft.Tags) : null,
        draft.Actions.Count > 0 ? JsonSerializer.Serialize(draft.Actions) : null,
        draft.Data?.Text,
        draft.Data is { IsJson: true } ? 1 : 0,
        draft.Retry is { } retry ? (long)retry.TotalMilliseconds : null,
        draft.ExpiresAt?.ToUnixTimeMilliseconds(),
    ];

    /// <summary>Within what a collapse key counts: the same key, topics in whatever order, and <see cref="NotificationDraft.Private"/>.</summary>
    public static string? CollapseScope(NotificationDraft draft) => draft.CollapseKey is not { } key ? null
        : JsonSerializer.Serialize<string[]>([key, draft.Private ? "private" : "public", .. draft.Topics.Order(StringComparer.Ordinal)]);

    private static string? Optional(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : UnixTime.Of(row.GetInt64(column));
}
