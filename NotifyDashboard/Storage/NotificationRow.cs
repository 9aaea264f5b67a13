using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>A notification's columns and what is written to them, the same in every dialect. <see cref="NotificationReader"/> reads them.</summary>
internal static class NotificationRow
{
    /// <summary>The columns that <see cref="NotificationReader"/> reads.</summary>
    public const string Columns =
        """
        sequence, kind, topics, private, published_at, published_by, external_id, collapse, type, title, body, severity, url, icon, tags, actions, data, data_is_json,
        retry_ms, expires_at, updated_at, retracted_at, retracted_by, retract_reason
        """;

    /// <summary>The same columns, with null for the content that can be long: enough to decide whether a row matches.</summary>
    public const string BriefColumns =
        """
        sequence, kind, topics, private, published_at, published_by, NULL AS external_id, NULL AS collapse, type, NULL AS title, NULL AS body, severity, NULL AS url, NULL AS icon, NULL AS tags,
        NULL AS actions, NULL AS data, data_is_json, retry_ms, expires_at, updated_at, retracted_at, retracted_by, retract_reason
        """;

    /// <summary>The parameters of a statement that inserts a notification: everything but its sequence, which the log assigns.</summary>
    public static (string Name, object? Value)[] Values(NotificationDraft draft, DateTimeOffset publishedAt, string publishedBy, DateTimeOffset? retainUntil) =>
    [
        ("@topics", JsonSerializer.Serialize(draft.Topics)),
        ("@private", draft.Private ? 1 : 0),
        ("@published_at", publishedAt.ToUnixTimeMilliseconds()),
        ("@published_by", publishedBy),
        ("@kept_until", retainUntil?.ToUnixTimeMilliseconds()),
        ("@external_id", draft.ExternalId),
        ("@collapse", CollapseScope(draft)),
        ("@type", draft.Type),
        .. Content(draft),
    ];

    /// <summary>The parameters for the columns that an update replaces.</summary>
    public static (string Name, object? Value)[] Content(NotificationDraft draft) =>
    [
        ("@title", draft.Title),
        ("@body", draft.Body),
        ("@severity", draft.Severity),
        ("@url", draft.Url),
        ("@icon", draft.Icon),
        ("@tags", draft.Tags.Count > 0 ? JsonSerializer.Serialize(draft.Tags) : null),
        ("@actions", draft.Actions.Count > 0 ? JsonSerializer.Serialize(draft.Actions) : null),
        ("@data", draft.Data?.Text),
        ("@data_is_json", draft.Data is { IsJson: true } ? 1 : 0),
        ("@retry_ms", draft.Retry is { } retry ? (long)retry.TotalMilliseconds : null),
        ("@expires_at", draft.ExpiresAt?.ToUnixTimeMilliseconds()),
    ];

    /// <summary>The scope of a collapse key: the key, <see cref="NotificationDraft.Private"/>, and the topics whatever their order.</summary>
    public static string? CollapseScope(NotificationDraft draft) => draft.CollapseKey is not { } key ? null
        : JsonSerializer.Serialize<string[]>([key, draft.Private ? "private" : "public", .. draft.Topics.Order(StringComparer.Ordinal)]);
}
