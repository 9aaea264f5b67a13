using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>All data that the hub stores about one recipient.</summary>
/// <param name="Sub">The <see cref="Recipient.Id"/>.</param>
/// <param name="Since">When the inbox was created; null: the recipient is unknown.</param>
/// <param name="Topics">The seen and read watermarks per topic.</param>
/// <param name="Marks">The marks of single notifications.</param>
/// <param name="Notifications">The notifications on the recipient's own topic only.</param>
internal sealed record RecipientData(
    string Sub, DateTimeOffset? Since, InboxPreferences? Preferences, IReadOnlyList<TopicData> Topics, IReadOnlyList<MarkData> Marks, IReadOnlyList<Notification> Notifications);

/// <summary>The watermarks of a topic: the sequences up to which it is seen and read.</summary>
internal sealed record TopicData(string Topic, long Seen, long Read);

/// <summary>The mark of one notification. Null for <paramref name="Seen"/> or <paramref name="Read"/>: the topic's watermark decides.</summary>
internal sealed record MarkData(long Sequence, bool? Seen, bool? Read, bool Archived, DateTimeOffset? SnoozedUntil);

/// <summary>Exports and deletes the data of recipients.</summary>
internal interface IRecipientData
{
    /// <param name="ownTopic">The recipient's own topic.</param>
    /// <param name="by">Who requested the export, for the audit.</param>
    /// <exception cref="StoreUnavailableException"/>
    Task<RecipientData> ReadAsync(string sub, string ownTopic, Actor by, CancellationToken cancellation);

    /// <summary>Deletes the marks and preferences; the notifications stay.</summary>
    /// <param name="by">Who requested the deletion, for the audit.</param>
    /// <returns>Whether the recipient was known.</returns>
    /// <exception cref="StoreUnavailableException"/>
    Task<bool> EraseAsync(string sub, Actor by);

    /// <summary>The sequences of notifications on a recipient's own topic only, at most <paramref name="limit"/>.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<long>> FindOwnAsync(string ownTopic, int limit, CancellationToken cancellation);
}
