using System.Text.Json.Nodes;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>A notification as its recipient sees it. Times are ISO 8601.</summary>
/// <param name="Id">Its cursor.</param>
/// <param name="Data">The string or the JSON that was published.</param>
/// <param name="Muted">It is not counted.</param>
public sealed record InboxItemView(
    string Id, string Type, IReadOnlyList<string> Topics, bool Private, string? Title, string? Body, string? Severity, string? Url, string? Icon,
    IReadOnlyList<string> Tags, IReadOnlyList<NotificationAction> Actions, JsonNode? Data, string PublishedAt, string? ExpiresAt, string? UpdatedAt,
    bool Seen, bool Read, bool Archived, string? SnoozedUntil, bool Muted)
{
    internal static InboxItemView Of(InboxItem item)
    {
        var (notification, draft) = (item.Notification, item.Notification.Draft);
        return new(notification.Id.ToString(), draft.Type, draft.Topics, draft.Private, draft.Title, draft.Body, draft.Severity, draft.Url, draft.Icon,
            draft.Tags, draft.Actions, draft.Data is { } data ? data.IsJson ? JsonNode.Parse(data.Text) : JsonValue.Create(data.Text) : null,
            notification.PublishedAtText, Text(draft.ExpiresAt), Text(notification.UpdatedAt), item.Seen, item.Read, item.Archived, Text(item.SnoozedUntil), item.Muted);
    }

    private static string? Text(DateTimeOffset? time) => time is { } given ? TimeText.Of(given) : null;
}

/// <summary>A page of an inbox, newest first.</summary>
/// <param name="Next">The value of <c>before</c> for the next page; null on the last page. A page may be short or empty although there is a next one.</param>
public sealed record InboxPageView(IReadOnlyList<InboxItemView> Items, string? Next, InboxCounts Counts);
