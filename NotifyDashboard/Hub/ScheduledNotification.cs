namespace NotifyDashboard.Hub;

/// <summary>A notification that is published later.</summary>
/// <param name="Id">16 hexadecimal digits; not a cursor, because it has no position in the log yet.</param>
/// <param name="Draft">Its content; after it was published or expired, only topics and <c>private</c>.</param>
/// <param name="EndedAt">When it was published or expired; null while it waits.</param>
/// <param name="PublishedAs">The id of the published notification; null while it waits, or if it expired first.</param>
public sealed record ScheduledNotification(
    string Id, NotificationDraft Draft, DateTimeOffset PublishAt, Actor By, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt = null, Cursor? PublishedAs = null)
{
    /// <summary>How far ahead a notification can be scheduled.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromDays(366);

    /// <summary>How long an ended one is kept at least.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
}

/// <summary>The scheduled notifications. Changes of the log add and publish them (<see cref="ScheduleChange"/>, <see cref="PublishDueChange"/>).</summary>
public interface IScheduleStore
{
    /// <summary>The waiting notifications, the next one first.</summary>
    /// <param name="allowed">Only matches of this filter, at most <paramref name="limit"/>.</param>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<ScheduledNotification>> ReadAsync(TopicFilter allowed, int limit, CancellationToken cancellation);

    /// <summary>A notification that waits, or that was published or expired and is not deleted yet.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<ScheduledNotification?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Those that ended at <paramref name="since"/> or later without having been published: they expired first. The latest first; only what is not deleted yet.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<ScheduledNotification>> ReadMissedAsync(DateTimeOffset since, int limit, CancellationToken cancellation);

    /// <summary>Changes the time; false if it is no longer waiting.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<bool> MoveAsync(string id, DateTimeOffset publishAt, Actor by);

    /// <summary>Deletes it; false if it is no longer waiting.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<bool> CancelAsync(string id, Actor by);
}
