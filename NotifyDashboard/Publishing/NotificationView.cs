using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>A notification as the API shows it to keys and operators. Times are ISO 8601.</summary>
/// <param name="Id">Its cursor.</param>
/// <param name="Data">The string or the JSON that was published.</param>
public sealed record NotificationView(
    string Id, string Type, IReadOnlyList<string> Topics, bool Private, string? Title, string? Body, string? Severity, string? Url, string? Icon,
    IReadOnlyList<string> Tags, IReadOnlyList<NotificationAction> Actions, JsonNode? Data, string PublishedAt, string PublishedBy,
    string? ExternalId, string? CollapseKey, string? ExpiresAt, string? UpdatedAt, RetractionView? Retracted)
{
    public static NotificationView Of(Notification notification)
    {
        var draft = notification.Draft;
        return new(notification.Id.ToString(), draft.Type, draft.Topics, draft.Private, draft.Title, draft.Body, draft.Severity, draft.Url, draft.Icon,
            draft.Tags, draft.Actions, draft.Data is { } data ? data.IsJson ? JsonNode.Parse(data.Text) : JsonValue.Create(data.Text) : null,
            notification.PublishedAtText, notification.PublishedBy, draft.ExternalId, draft.CollapseKey, Text(draft.ExpiresAt), Text(notification.UpdatedAt),
            notification.Retraction is { } over ? new(TimeText.Of(over.At), over.By, over.Reason) : null);
    }

    private static string? Text(DateTimeOffset? time) => time is { } given ? TimeText.Of(given) : null;
}

/// <summary>When and why a notification ended. Its content is deleted, unless it expired.</summary>
/// <param name="Reason"><c>retracted</c>, <c>collapsed</c> or <c>expired</c>.</param>
public sealed record RetractionView(string At, string By, string Reason);

/// <summary>A scheduled notification.</summary>
/// <param name="State"><c>waiting</c>, <c>fired</c> (published), or <c>expired</c> before it could be published.</param>
/// <param name="Notification">The id of the published notification; null until then.</param>
public sealed record ScheduledView(string Id, string Topic, IReadOnlyList<string> Topics, string? Title, string PublishAt, string CreatedAt, string By, string State, string? Notification)
{
    public static ScheduledView Of(ScheduledNotification scheduled) => new(
        scheduled.Id, scheduled.Draft.Topics[0], scheduled.Draft.Topics, scheduled.Draft.Title, TimeText.Of(scheduled.PublishAt), TimeText.Of(scheduled.CreatedAt), scheduled.By.Name,
        scheduled.EndedAt is null ? "waiting" : scheduled.PublishedAs is null ? "expired" : "fired", scheduled.PublishedAs?.ToString());
}

/// <summary>The response to a publish: the notification is durable and has its id.</summary>
/// <param name="Topic">The canonical topic, which is the first.</param>
public sealed record PublishReceipt(string Id, string Topic, string PublishedAt)
{
    public static PublishReceipt Of(Notification notification) => new(notification.Id.ToString(), notification.Draft.Topics[0], notification.PublishedAtText);
}

/// <summary>The response to an update by a caller without the right to read.</summary>
public sealed record UpdateReceipt(string Id, string UpdatedAt);

/// <summary>The response to a change of the publication time by a caller without the right to read.</summary>
public sealed record MoveReceipt(string Id, string PublishAt);

/// <summary>A page of the history, newest first.</summary>
/// <param name="Next">The value of <c>before</c> for the next page; null on the last page. A page may be short or empty although there is a next one.</param>
/// <param name="Incomplete">The search index is being rebuilt, so the search may have missed notifications. Omitted when false.</param>
public sealed record HistoryPage(IReadOnlyList<NotificationView> Notifications, string? Next, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Incomplete = false);
