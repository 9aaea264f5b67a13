using System.Globalization;
using System.Text.Json;
using NotifyDashboard.Components.Badge;

namespace NotifyDashboard.Demo.Page;

/// <summary>A frame of the stream as the page's log shows it. <paramref name="Cursor"/> is its <c>id:</c>; <paramref name="At"/> is null if the frame has no time.</summary>
public sealed record DemoFrame(string Cursor, string Event, string Data, DateTimeOffset? At)
{
    // For human readers: keeps apostrophes instead of \u0027. Safe, because the page renders it as text, never as HTML.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A notification without a title shows only its data; others show their content as JSON.</summary>
    public static DemoFrame Of(BadgeNotification n) => new(n.Id, n.Type, n.Title is null ? n.Data ?? "" : Json(Content(n)), n.PublishedAt);

    public static DemoFrame Of(BadgeUpdate update) => new(update.Cursor, "hub.update", Json(
        [("id", update.Notification.Id), ("type", update.Notification.Type), .. Content(update.Notification),
            ("updatedAt", update.UpdatedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))]), update.UpdatedAt);

    public static DemoFrame Of(BadgeRetract retract) => new(retract.Cursor, "hub.retract", Json([("id", retract.Id), ("reason", retract.Reason)]), null);

    private static (string Name, string? Value)[] Content(BadgeNotification n) =>
        [("title", n.Title), ("body", n.Body), ("severity", n.Severity), ("url", n.Url), ("data", n.Data)];

    private static string Json((string Name, string? Value)[] fields) =>
        JsonSerializer.Serialize(fields.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value), Readable);
}
