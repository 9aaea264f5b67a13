using System.Globalization;

namespace NotifyDashboard.Hub;

/// <summary>A draft that was accepted: stored durably, at its place in the order.</summary>
/// <param name="Id">Its cursor; the SSE <c>id:</c> too.</param>
/// <param name="Draft">What the publisher wrote.</param>
/// <param name="PublishedAt">When it was accepted, in UTC, to the millisecond.</param>
/// <param name="PublishedBy">An operator's or a key's name; never shown to recipients.</param>
public sealed record Notification(Cursor Id, NotificationDraft Draft, DateTimeOffset PublishedAt, string PublishedBy)
{
    /// <summary><see cref="PublishedAt"/> as it stands on the wire: RFC 3339, UTC, milliseconds, such as <c>2026-01-31T12:00:00.000Z</c>.</summary>
    public string PublishedAtText => PublishedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
