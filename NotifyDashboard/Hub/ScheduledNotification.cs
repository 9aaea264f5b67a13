namespace NotifyDashboard.Hub;

/// <summary>A notification that is published later.</summary>
/// <param name="Id">16 hexadecimal digits; not a cursor, for it has no place in the order yet.</param>
/// <param name="Draft">Its content; of one that was fired only the topics and whether it is private.</param>
/// <param name="EndedAt">Since when it no longer waits.</param>
/// <param name="PublishedAs">The notification that it became; null while it waits, and when it expired before it could be fired.</param>
public sealed record ScheduledNotification(
    string Id, NotificationDraft Draft, DateTimeOffset PublishAt, Actor By, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt = null, Cursor? PublishedAs = null)
{
    /// <summary>The farthest that one can plan.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromDays(366);

    /// <summary>How long one that has ended is kept at least.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
}

/// <summary>What waits to be published. It is filled and emptied by changes of the log (<see cref="ScheduleChange"/>, <see cref="PublishDueChange"/>).</summary>
public interface IScheduleStore
{
    /// <summary>What waits, the next first.</summary>
    /// <param name="allowed">Only what this matches, and at most <paramref name="limit"/> of it.</param>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<ScheduledNotification>> ReadAsync(TopicFilter allowed, int limit, CancellationToken cancellation);

    /// <summary>One that waits, or that has ended (published or expired) and was not deleted yet.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<ScheduledNotification?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Gives it another time; false when it no longer waits.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<bool> MoveAsync(string id, DateTimeOffset publishAt, Actor by);

    /// <summary>Takes it out; false when it no longer waits.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<bool> CancelAsync(string id, Actor by);
}
