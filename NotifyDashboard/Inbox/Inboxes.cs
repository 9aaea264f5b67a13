using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>What recipients do with their inboxes: stored, and then told to their other tabs and devices.</summary>
internal sealed class Inboxes(IInboxStore store, IRecipientStreams streams, NotificationHub hub)
{
    /// <returns>The counts after it.</returns>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<InboxCounts> MarkAsync(Recipient recipient, InboxMark mark, CancellationToken cancellation)
    {
        await store.MarkAsync(recipient, mark);
        streams.Notify(recipient.Id, new(ChangeOf(mark), [.. mark.Sequences.Select(Id)], mark.Through is { } through ? Id(through) : null, mark.Topics));
        return (await store.ReadStateAsync(recipient, cancellation)).Counts;
    }

    /// <exception cref="StoreUnavailableException"/>
    public async Task<InboxPreferences> PreferAsync(Recipient recipient, InboxPreferences preferences)
    {
        await store.SavePreferencesAsync(recipient, preferences);
        streams.Notify(recipient.Id, new(InboxChange.Preferences, []));
        return preferences;
    }

    private string Id(long sequence) => hub.Epochs.At(sequence).ToString();

    private static string ChangeOf(InboxMark mark) => mark.Act switch
    {
        InboxAct.Read when mark.Through is not null => InboxChange.ReadAll,
        InboxAct.Read => InboxChange.Read,
        InboxAct.Seen => InboxChange.Seen,
        InboxAct.Unread => InboxChange.Unread,
        InboxAct.Archive => InboxChange.Archive,
        InboxAct.Unarchive => InboxChange.Unarchive,
        _ => InboxChange.Snooze,
    };
}
