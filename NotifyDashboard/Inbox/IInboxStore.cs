using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>The parts of an inbox.</summary>
internal enum InboxTab { All, Unread, Archived }

/// <summary>The actions of a recipient on notifications.</summary>
internal enum InboxAction { Seen, Read, Unread, Archive, Unarchive, Snooze }

/// <summary>An action on notifications. It is idempotent.</summary>
/// <param name="Sequences">The sequences of single notifications; those that are not in the inbox are ignored.</param>
/// <param name="Through">With <see cref="InboxAction.Seen"/> and <see cref="InboxAction.Read"/>: all notifications up to this sequence, the newest that the page knows.</param>
/// <param name="Until">With <see cref="InboxAction.Snooze"/>: the end of the snooze. Until then the notifications are hidden and not counted; afterwards they are unseen and unread.</param>
/// <param name="Topics">With <paramref name="Through"/>: only notifications on these topics; null: the whole inbox.</param>
internal sealed record InboxMark(InboxAction Action, IReadOnlyList<long> Sequences, long? Through = null, DateTimeOffset? Until = null, IReadOnlyList<string>? Topics = null);

/// <summary>A notification in an inbox.</summary>
/// <param name="SnoozedUntil">The end of the last snooze, also if it is over; null: never snoozed, or archived since.</param>
/// <param name="Muted">It is not counted, whether read or not.</param>
internal sealed record InboxItem(Notification Notification, bool Seen, bool Read, bool Archived, DateTimeOffset? SnoozedUntil, bool Muted);

/// <summary>A notification that a recipient snoozed.</summary>
/// <param name="Recipient">The <see cref="Hub.Recipient.Id"/>.</param>
internal sealed record Snoozed(string Recipient, long Sequence);

/// <summary>A page of an inbox, newest first.</summary>
/// <param name="Next">The next page is before this sequence; null on the last page.</param>
internal sealed record InboxPage(IReadOnlyList<InboxItem> Items, long? Next);

/// <summary>
/// The store of what recipients have seen and read: per topic a watermark, up to which everything is seen or read, and marks of single notifications
/// on either side of it. A broadcast to a million recipients is one row. For a new recipient, older notifications on shared topics are read (<see cref="InboxOptions.StartDaysBack"/>).
/// </summary>
internal interface IInboxStore : IInbox
{
    /// <exception cref="StoreUnavailableException"/>
    Task<InboxPage> ReadAsync(Recipient recipient, InboxTab tab, long? before, int limit, CancellationToken cancellation);

    /// <summary>Counts as if the inbox had only these of its topics. A notification on several of them counts once.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<InboxCounts> CountAsync(Recipient recipient, IReadOnlyCollection<string> topics, CancellationToken cancellation);

    /// <summary>Stores the mark; durable when the task completes.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task MarkAsync(Recipient recipient, InboxMark mark);

    /// <summary>Stores the preferences; durable when the task completes.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task SavePreferencesAsync(Recipient recipient, InboxPreferences preferences);

    /// <summary>The notifications whose snooze ended after <paramref name="after"/>, up to <paramref name="through"/>.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<Snoozed>> ReadBackAsync(DateTimeOffset after, DateTimeOffset through, CancellationToken cancellation);
}
