using System.Text.Encodings.Web;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>A line for a POSIX shell that fires a notification again.</summary>
internal static class CurlLine
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <param name="hub">Address of the hub's root, with a slash at its end.</param>
    public static string Of(NotificationDraft draft, string hub)
    {
        var body = new Dictionary<string, object?> { ["topic"] = draft.Topics.Count == 1 ? draft.Topics[0] : draft.Topics };
        if (draft.Type != NotificationDraft.DefaultType) body["type"] = draft.Type;
        if (draft.Private) body["private"] = true;
        if (draft.CollapseKey is not null) body["collapseKey"] = draft.CollapseKey;
        if (draft.Title is not null) body["title"] = draft.Title;
        if (draft.Body is not null) body["body"] = draft.Body;
        if (draft.Severity is not null) body["severity"] = draft.Severity;
        if (draft.Url is not null) body["url"] = draft.Url;
        if (draft.Icon is not null) body["icon"] = draft.Icon;
        if (draft.Tags.Count > 0) body["tags"] = draft.Tags;
        if (draft.Actions.Count > 0) body["actions"] = draft.Actions;
        if (draft.Data is { } data) body["data"] = data.IsJson ? JsonSerializer.Deserialize<JsonElement>(data.Text) : data.Text;
        if (draft.Retry is { } retry) body["retry"] = (long)retry.TotalMilliseconds;
        // Within single quotes a shell takes everything as it stands but the quote itself.
        var quoted = JsonSerializer.Serialize(body, Json).Replace("'", "'\\''", StringComparison.Ordinal);
        return $"curl {hub}api/notifications -H \"Authorization: Bearer $KEY\" -H 'Content-Type: application/json' -d '{quoted}'";
    }
}
