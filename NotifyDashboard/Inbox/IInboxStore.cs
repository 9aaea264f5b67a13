using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>Which part of an inbox.</summary>
internal enum InboxTab { All, Unread, Archived }

/// <summary>What a recipient does with notifications.</summary>
internal enum InboxAct { Seen, Read, Unread, Archive, Unarchive, Snooze }

/// <summary>Something done with notifications. The same again changes nothing.</summary>
/// <param name="Sequences">Of single notifications; those that the inbox does not have are passed over.</param>
/// <param name="Through">With <see cref="InboxAct.Seen"/> and <see cref="InboxAct.Read"/>: all up to this sequence, the newest that the page saw.</param>
/// <param name="Until">With <see cref="InboxAct.Snooze"/>: until then they are away and do not count; then they are unseen again.</param>
/// <param name="Topics">With <paramref name="Through"/>: of these topics alone; null: of the whole inbox.</param>
internal sealed record InboxMark(InboxAct Act, IReadOnlyList<long> Sequences, long? Through = null, DateTimeOffset? Until = null, IReadOnlyList<string>? Topics = null);

/// <summary>A notification in an inbox.</summary>
/// <param name="SnoozedUntil">Until when it was last put away; null: never.</param>
/// <param name="Muted">It counts nowhere, read or not.</param>
internal sealed record InboxItem(Notification Notification, bool Seen, bool Read, bool Archived, DateTimeOffset? SnoozedUntil, bool Muted);

/// <summary>A notification that a recipient put away.</summary>
/// <param name="Recipient">The <see cref="Hub.Recipient.Id"/>.</param>
internal sealed record Snoozed(string Recipient, long Sequence);

/// <summary>A part of an inbox, newest first.</summary>
/// <param name="Next">The next part is before this sequence; null: there is none.</param>
internal sealed record InboxPage(IReadOnlyList<InboxItem> Items, long? Next);

/// <summary>
/// What recipients have seen and read: per topic a watermark up to which everything is, and single marks on either side of it. A broadcast
/// to a million recipients is one row. Whoever comes for the first time finds what was shared before as read.
/// </summary>
internal interface IInboxStore : IInbox
{
    /// <exception cref="StoreUnavailableException"/>
    Task<InboxPage> ReadAsync(Recipient recipient, InboxTab tab, long? before, int limit, CancellationToken cancellation);

    /// <summary>Counts as if the inbox had these of its topics alone: what is on several of them counts once.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<InboxCounts> CountAsync(Recipient recipient, IReadOnlyCollection<string> topics, CancellationToken cancellation);

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task MarkAsync(Recipient recipient, InboxMark mark);

    /// <inheritdoc cref="MarkAsync"/>
    Task SavePreferencesAsync(Recipient recipient, InboxPreferences preferences);

    /// <summary>What was put away and is back since then.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<Snoozed>> ReadBackAsync(DateTimeOffset after, DateTimeOffset through, CancellationToken cancellation);
}
