namespace NotifyDashboard.Hub;

/// <summary>A draft that was accepted: stored durably, at its place in the order.</summary>
/// <param name="Id">Its cursor; the SSE <c>id:</c> too.</param>
/// <param name="Draft">What the publisher wrote.</param>
/// <param name="PublishedAt">When it was accepted, in UTC, to the millisecond.</param>
/// <param name="PublishedBy">An operator's or a key's name; never shown to recipients.</param>
/// <param name="UpdatedAt">When it got its present content; null: it has its first.</param>
/// <param name="Retraction">Set when it is over; unless it expired, <see cref="Draft"/> then holds only the topics, the type and whether it is private.</param>
public sealed record Notification(Cursor Id, NotificationDraft Draft, DateTimeOffset PublishedAt, string PublishedBy, DateTimeOffset? UpdatedAt = null, Retraction? Retraction = null)
{
    /// <inheritdoc cref="TimeText.Of"/>
    public string PublishedAtText => TimeText.Of(PublishedAt);

    /// <summary>Whether subscribers do not get it any more at that time.</summary>
    public bool IsRetractedOrExpired(DateTimeOffset now) => Retraction is not null || Draft.ExpiresAt <= now;
}
