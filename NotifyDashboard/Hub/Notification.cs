namespace NotifyDashboard.Hub;

/// <summary>An accepted draft: stored durably, with its position in the log.</summary>
/// <param name="Id">Its cursor; the SSE <c>id:</c> too.</param>
/// <param name="Draft">The publisher's content, normalized.</param>
/// <param name="PublishedAt">When it was accepted, in UTC, to the millisecond.</param>
/// <param name="PublishedBy">An operator's or a key's name; never shown to recipients.</param>
/// <param name="UpdatedAt">The time of the last update; null if there was none.</param>
/// <param name="Retraction">Set if it has ended. Unless it expired, <see cref="Draft"/> then contains only the topics, the type and <c>private</c>.</param>
public sealed record Notification(Cursor Id, NotificationDraft Draft, DateTimeOffset PublishedAt, string PublishedBy, DateTimeOffset? UpdatedAt = null, Retraction? Retraction = null)
{
    /// <inheritdoc cref="TimeText.Of"/>
    public string PublishedAtText => TimeText.Of(PublishedAt);

    /// <summary>Whether it is no longer delivered at that time.</summary>
    public bool IsRetractedOrExpired(DateTimeOffset now) => Retraction is not null || Draft.ExpiresAt <= now;
}
