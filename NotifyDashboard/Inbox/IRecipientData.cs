using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>All that the hub holds of one recipient.</summary>
/// <param name="Sub">The <see cref="Recipient.Id"/>.</param>
/// <param name="Since">When they first came; null: never.</param>
/// <param name="Topics">Up to where they have seen and read, topic by topic.</param>
/// <param name="Marks">What they did with single notifications.</param>
/// <param name="Notifications">What was published on their own topic alone.</param>
internal sealed record RecipientData(
    string Sub, DateTimeOffset? Since, InboxPreferences? Preferences, IReadOnlyList<TopicData> Topics, IReadOnlyList<MarkData> Marks, IReadOnlyList<Notification> Notifications);

/// <summary>Up to where a topic is seen and read, as sequences.</summary>
internal sealed record TopicData(string Topic, long Seen, long Read);

/// <summary>What was done with one notification; null: as the topic says.</summary>
internal sealed record MarkData(long Sequence, bool? Seen, bool? Read, bool Archived, DateTimeOffset? SnoozedUntil);

/// <summary>What is held of recipients, to be handed over or deleted.</summary>
internal interface IRecipientData
{
    /// <param name="ownTopic">Their own topic.</param>
    /// <param name="by">Who asked for it, for the audit.</param>
    /// <exception cref="StoreUnavailableException"/>
    Task<RecipientData> ReadAsync(string sub, string ownTopic, Actor by, CancellationToken cancellation);

    /// <summary>Deletes the marks and preferences; the notifications stay.</summary>
    /// <param name="by">Who asked for it, for the audit.</param>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="StoreUnavailableException"/>
    Task<bool> EraseAsync(string sub, Actor by);

    /// <summary>The sequences of what was published on a recipient's own topic alone, at most <paramref name="limit"/>.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<long>> FindOwnAsync(string ownTopic, int limit, CancellationToken cancellation);
}
