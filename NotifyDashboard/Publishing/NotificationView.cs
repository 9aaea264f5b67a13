using System.Text.Json.Nodes;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>A notification as the API shows it to publishers.</summary>
/// <param name="Id">Its cursor.</param>
/// <param name="Data">The string or the JSON that was published.</param>
public sealed record NotificationView(
    string Id, string Type, IReadOnlyList<string> Topics, bool Private, string? Title, string? Body, string? Severity, string? Url, string? Icon,
    IReadOnlyList<string> Tags, IReadOnlyList<NotificationAction> Actions, JsonNode? Data, string PublishedAt, string PublishedBy)
{
    public static NotificationView Of(Notification notification)
    {
        var draft = notification.Draft;
        return new(notification.Id.ToString(), draft.Type, draft.Topics, draft.Private, draft.Title, draft.Body, draft.Severity, draft.Url, draft.Icon,
            draft.Tags, draft.Actions, draft.Data is { } data ? data.IsJson ? JsonNode.Parse(data.Text) : JsonValue.Create(data.Text) : null,
            notification.PublishedAtText, notification.PublishedBy);
    }
}

/// <summary>The answer to a publish: it is on disk and has its place.</summary>
/// <param name="Topic">The canonical topic, the first.</param>
public sealed record PublishReceipt(string Id, string Topic, string PublishedAt);

/// <summary>A page of the history, newest first.</summary>
/// <param name="Next">Give it as <c>before</c> for the next page, which may be short or empty while there is a next; null on the last.</param>
public sealed record HistoryPage(IReadOnlyList<NotificationView> Notifications, string? Next);
