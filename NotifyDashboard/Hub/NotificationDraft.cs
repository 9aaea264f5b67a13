using System.Text.Json;

namespace NotifyDashboard.Hub;

/// <summary>A notification as its publisher writes it. <see cref="DraftRules"/> has the rules.</summary>
public sealed record NotificationDraft
{
    public const string DefaultType = "notification";

    /// <summary>1–10 topics; the first is the canonical one. Default: <c>broadcast</c>.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [Topic.Broadcast];

    /// <summary>The SSE event type. <c>message</c> arrives as a plain message.</summary>
    public string Type { get; init; } = DefaultType;

    /// <summary>Delivered only to subscribers with a right to one of its topics.</summary>
    public bool Private { get; init; }

    public string? Title { get; init; }

    public string? Body { get; init; }

    /// <summary>One of <see cref="Hub.Severity.All"/>; null if there is no content.</summary>
    public string? Severity { get; init; }

    /// <summary>Where a click leads: http, https or site-relative.</summary>
    public string? Url { get; init; }

    /// <summary>A picture's address: http, https or site-relative.</summary>
    public string? Icon { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<NotificationAction> Actions { get; init; } = [];

    public NotificationData? Data { get; init; }

    /// <summary>Reconnection time for the browser (WHATWG HTML 9.2.6, <c>retry</c>), clamped to 1 s – 1 h.</summary>
    public TimeSpan? Retry { get; init; }

    /// <summary>The publisher's own id, 1–200 characters; unique.</summary>
    public string? ExternalId { get; init; }

    /// <summary>A notification replaces the older ones with the same key, topics and <see cref="Private"/>; 1–200 characters.</summary>
    public string? CollapseKey { get; init; }

    /// <summary>The expiry in UTC. From then on the notification is not delivered, and it leaves open inboxes.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether there is anything to display. Without it, the data on the wire is only <see cref="Data"/>.</summary>
    public bool HasContent =>
        Title is not null || Body is not null || Severity is not null || Url is not null || Icon is not null || Tags.Count > 0 || Actions.Count > 0;
}

/// <summary>A button: its label and its link.</summary>
public sealed record NotificationAction(string Label, string Url);

/// <summary>The publisher's own data: a string, as it is on the wire, or compact JSON.</summary>
public readonly record struct NotificationData(string Text, bool IsJson)
{
    public static NotificationData FromString(string text) => new(text, false);

    /// <summary>Removes white space: JSON on the wire is one line.</summary>
    public static NotificationData FromJson(JsonElement json) => new(JsonSerializer.Serialize(json, Compact), true);

    // The default encoder would escape every non-ASCII character, as in EventStreamEncoder.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>The severities.</summary>
public static class Severity
{
    public const string Info = "info", Success = "success", Warning = "warning", Critical = "critical";

    public static IReadOnlyList<string> All { get; } = [Info, Success, Warning, Critical];
}
