namespace NotifyDashboard.Hub;

/// <summary>Something to be appended to the log in one piece: all of it is stored, or nothing.</summary>
public abstract record LogChange;

/// <summary>New notifications, in this order.</summary>
/// <param name="Drafts">Checked and normalized.</param>
/// <param name="By">Who publishes.</param>
/// <param name="Idempotency">Set: the same again is answered with what was stored the first time.</param>
/// <param name="RetainUntil">When they are trimmed at the latest; the retention may trim them earlier. Null: the retention alone decides.</param>
public sealed record PublishChange(IReadOnlyList<NotificationDraft> Drafts, Actor By, Idempotency? Idempotency = null, DateTimeOffset? RetainUntil = null) : LogChange;

/// <summary>A notification that is to be published later.</summary>
public sealed record ScheduleChange(NotificationDraft Draft, DateTimeOffset PublishAt, Actor By, Idempotency? Idempotency = null) : LogChange;

/// <summary>Publishes what is due, at most <paramref name="Limit"/>.</summary>
public sealed record PublishDueChange(int Limit) : LogChange;

/// <summary>Other content for a notification.</summary>
/// <param name="Edit">Makes the new content of the one that is stored; throws <see cref="InvalidDraftException"/> where it breaks a rule.</param>
public sealed record UpdateChange(Cursor Id, Actor By, Func<NotificationDraft, NotificationDraft> Edit) : LogChange;

/// <summary>Takes a notification back.</summary>
public sealed record RetractChange(Cursor Id, Actor By) : LogChange;

/// <summary>Ends notifications whose time is over, at most <paramref name="Limit"/>.</summary>
public sealed record ExpireDueChange(int Limit) : LogChange;

/// <summary>Names a request, so that it is carried out once however often it is sent.</summary>
/// <param name="Owner">Whose key it is: keys of different publishers do not meet.</param>
/// <param name="Key">1–255 visible ASCII characters.</param>
/// <param name="BodyHash">SHA-256 of what was sent.</param>
public sealed record Idempotency(string Owner, string Key, byte[] BodyHash)
{
    public const int MaxKey = 255;

    /// <summary>How long a key is known.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
}

/// <summary>What became of one change.</summary>
public sealed record LogOutcome
{
    /// <summary>What was appended, in order.</summary>
    public IReadOnlyList<LogEntry> Entries { get; init; } = [];

    /// <summary>The affected notifications. A repeated idempotent publish gives those of the first request, without later changes. A <see cref="PublishDueChange"/> gives one for each schedule that ended; one that expired unpublished has the sequence 0.</summary>
    public IReadOnlyList<Notification> Notifications { get; init; } = [];

    /// <summary>The resource of a <see cref="ScheduleChange"/>.</summary>
    public ScheduledNotification? Scheduled { get; init; }

    /// <summary>Why nothing of the change was stored; null when it was.</summary>
    public Exception? Refusal { get; init; }
}

/// <summary>The publisher's own id is taken.</summary>
/// <param name="existing">Id of the notification that has it, or of a scheduled one.</param>
/// <param name="owner">What has it, for whoever decides who may be told.</param>
public sealed class ExternalIdTakenException(string externalId, string existing, NotificationDraft owner) : Exception($"externalId \"{externalId}\" is taken.")
{
    public string ExternalId { get; } = externalId;

    public string Existing { get; } = existing;

    public NotificationDraft Owner { get; } = owner;
}

/// <summary>The idempotency key was used for another body.</summary>
public sealed class IdempotencyMismatchException() : Exception("The idempotency key was used for another body.");

/// <summary>There is no such notification, or it is over.</summary>
public sealed class NotificationGoneException(Retraction? retraction = null) : Exception("There is no such notification.")
{
    /// <summary>Set when it was there and is over.</summary>
    public Retraction? Retraction { get; } = retraction;
}
