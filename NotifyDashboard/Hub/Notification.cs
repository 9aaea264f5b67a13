namespace NotifyDashboard.Hub;

/// <summary>A draft that was accepted: stored durably, at its place in the order.</summary>
/// <param name="Id">Its cursor; the SSE <c>id:</c> too.</param>
/// <param name="Draft">What the publisher wrote.</param>
/// <param name="PublishedAt">When it was accepted, in UTC, to the millisecond.</param>
/// <param name="PublishedBy">An operator's or a key's name; never shown to recipients.</param>
public sealed record Notification(Cursor Id, NotificationDraft Draft, DateTimeOffset PublishedAt, string PublishedBy);
