namespace NotifyDashboard.Hub;

/// <summary>A change of the log. It is stored as a whole or not at all.</summary>
public abstract record LogChange;

/// <summary>New notifications, in this order.</summary>
/// <param name="Drafts">Checked and normalized.</param>
/// <param name="By">The publisher.</param>
/// <param name="Idempotency">If set, repeating the same request returns the first result.</param>
/// <param name="RetainUntil">The latest time at which they are trimmed; the retention may trim them earlier. Null: only the retention applies.</param>
public sealed record PublishChange(IReadOnlyList<NotificationDraft> Drafts, Actor By, Idempotency? Idempotency = null, DateTimeOffset? RetainUntil = null) : LogChange;

/// <summary>Schedules a notification.</summary>
public sealed record ScheduleChange(NotificationDraft Draft, DateTimeOffset PublishAt, Actor By, Idempotency? Idempotency = null) : LogChange;

/// <summary>Publishes scheduled notifications that are due, at most <paramref name="Limit"/>.</summary>
public sealed record PublishDueChange(int Limit) : LogChange;

/// <summary>Replaces the content of a notification.</summary>
/// <param name="Edit">Creates the new content from the stored content; throws <see cref="InvalidDraftException"/> if it breaks a rule.</param>
public sealed record UpdateChange(Cursor Id, Actor By, Func<NotificationDraft, NotificationDraft> Edit) : LogChange;

/// <summary>Retracts a notification.</summary>
public sealed record RetractChange(Cursor Id, Actor By) : LogChange;

/// <summary>Appends the end of expired notifications, at most <paramref name="Limit"/>.</summary>
public sealed record ExpireDueChange(int Limit) : LogChange;

/// <summary>The key of a request that is executed once even if it is sent again.</summary>
/// <param name="Owner">The scope of the key: keys of different publishers are independent.</param>
/// <param name="Key">1–255 visible ASCII characters.</param>
/// <param name="BodyHash">SHA-256 of the request body.</param>
public sealed record Idempotency(string Owner, string Key, byte[] BodyHash)
{
    public const int MaxKey = 255;

    /// <summary>How long a key is stored.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
}

/// <summary>The outcome of one change.</summary>
public sealed record LogOutcome
{
    /// <summary>The appended entries, in order.</summary>
    public IReadOnlyList<LogEntry> Entries { get; init; } = [];

    /// <summary>The affected notifications. A repeated idempotent publish gives those of the first request, without later changes. A <see cref="PublishDueChange"/> gives one for each scheduled notification that ended; if it expired before it was published, its sequence is 0.</summary>
    public IReadOnlyList<Notification> Notifications { get; init; } = [];

    /// <summary>The result of a <see cref="ScheduleChange"/>.</summary>
    public ScheduledNotification? Scheduled { get; init; }

    /// <summary>The reason why the change was not stored; null if it was stored.</summary>
    public Exception? Refusal { get; init; }
}

/// <summary>The externalId is taken.</summary>
/// <param name="existing">The id of the notification or scheduled notification that has it.</param>
/// <param name="owner">The draft that has it, with which the caller decides whether <paramref name="existing"/> may be revealed.</param>
public sealed class ExternalIdTakenException(string externalId, string existing, NotificationDraft owner) : Exception($"externalId \"{externalId}\" is taken.")
{
    public string ExternalId { get; } = externalId;

    public string Existing { get; } = existing;

    public NotificationDraft Owner { get; } = owner;
}

/// <summary>The idempotency key was used for another body.</summary>
public sealed class IdempotencyMismatchException() : Exception("The idempotency key was used for another body.");

/// <summary>The notification does not exist or has ended.</summary>
public sealed class NotificationGoneException(Retraction? retraction = null) : Exception("There is no such notification.")
{
    /// <summary>Set if the notification exists and has ended.</summary>
    public Retraction? Retraction { get; } = retraction;
}
