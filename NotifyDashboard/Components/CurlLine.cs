using System.Text.Encodings.Web;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components;

/// <summary>Lines for a POSIX shell that publish a notification. Every value is quoted: the person who chose it may not be the one who pastes it.</summary>
internal static class CurlLine
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>A first one, with a key that is shown once.</summary>
    /// <param name="hub">Address of the hub's root, with a slash at its end.</param>
    public static string First(string hub, string key, string topic) =>
        $"{Start(hub)} -H {ShellText.Quote("Authorization: Bearer " + key)} {Field("topic", topic)} -d title='Hello Dolly'";

    /// <summary>The same again; the key is in the variable <c>KEY</c>.</summary>
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
        return $"{Start(hub)} -H \"Authorization: Bearer $KEY\" -H 'Content-Type: application/json' -d {ShellText.Quote(JsonSerializer.Serialize(body, Json))}";
    }

    private static string Start(string hub) => $"curl {ShellText.Quote(hub + "api/notifications")}";

    // -d sends a value unchanged, and & % + = have a meaning in a form.
    private static string Field(string name, string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '_') ? $"-d {name}={value}" : $"--data-urlencode {ShellText.Quote($"{name}={value}")}";
}
