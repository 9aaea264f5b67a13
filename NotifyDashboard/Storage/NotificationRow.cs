using System.Data.Common;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>A notification's row, read and written alike in every dialect.</summary>
internal static class NotificationRow
{
    /// <summary>The columns in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns = "sequence, " + GivenColumns;

    /// <summary>The columns in the order in which <see cref="Values"/> gives them: all but the sequence, which the log gives.</summary>
    public const string GivenColumns =
        "type, topics, private, title, body, severity, url, icon, tags, actions, data, data_is_json, retry_ms, published_at, published_by, kept_until";

    public static Notification Read(DbDataReader row, Epochs epochs) => new(
        epochs.At(row.GetInt64(0)),
        new NotificationDraft
        {
            Type = row.GetString(1),
            Topics = JsonSerializer.Deserialize<string[]>(row.GetString(2))!,
            Private = row.GetInt64(3) != 0,
            Title = Optional(row, 4),
            Body = Optional(row, 5),
            Severity = Optional(row, 6),
            Url = Optional(row, 7),
            Icon = Optional(row, 8),
            Tags = Optional(row, 9) is { } tags ? JsonSerializer.Deserialize<string[]>(tags)! : [],
            Actions = Optional(row, 10) is { } actions ? JsonSerializer.Deserialize<NotificationAction[]>(actions)! : [],
            Data = Optional(row, 11) is { } data ? new NotificationData(data, row.GetInt64(12) != 0) : null,
            Retry = row.IsDBNull(13) ? null : TimeSpan.FromMilliseconds(row.GetInt64(13)),
        },
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(14)),
        row.GetString(15));

    /// <summary>Single columns, for who may pass the row over without making a notification of it.</summary>
    public static long ReadSequence(DbDataReader row) => row.GetInt64(0);

    /// <inheritdoc cref="ReadSequence"/>
    public static string ReadType(DbDataReader row) => row.GetString(1);

    /// <inheritdoc cref="ReadSequence"/>
    public static string? ReadSeverity(DbDataReader row) => Optional(row, 6);

    /// <inheritdoc cref="ReadSequence"/>
    public static DateTimeOffset ReadPublishedAt(DbDataReader row) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(14));

    /// <summary>The values of all columns but the sequence, which the log gives.</summary>
    public static object?[] Values(LogEntry entry) =>
    [
        entry.Draft.Type,
        JsonSerializer.Serialize(entry.Draft.Topics),
        entry.Draft.Private ? 1 : 0,
        entry.Draft.Title,
        entry.Draft.Body,
        entry.Draft.Severity,
        entry.Draft.Url,
        entry.Draft.Icon,
        entry.Draft.Tags.Count > 0 ? JsonSerializer.Serialize(entry.Draft.Tags) : null,
        entry.Draft.Actions.Count > 0 ? JsonSerializer.Serialize(entry.Draft.Actions) : null,
        entry.Draft.Data?.Text,
        entry.Draft.Data is { IsJson: true } ? 1 : 0,
        entry.Draft.Retry is { } retry ? (long)retry.TotalMilliseconds : null,
        entry.PublishedAt.ToUnixTimeMilliseconds(),
        entry.PublishedBy,
        entry.KeptUntil?.ToUnixTimeMilliseconds(),
    ];

    private static string? Optional(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
