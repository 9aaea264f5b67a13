using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>Stores the changes that recipients make to their inboxes, then notifies their other tabs and devices.</summary>
internal sealed class Inboxes(IInboxStore store, IRecipientStreams streams, NotificationHub hub)
{
    /// <returns>The counts after the mark, which the recipient's streams get too.</returns>
    /// <exception cref="StoreUnavailableException">The mark was not stored; or it was (<c>IsPartlyStored</c>), and the counts cannot be read.</exception>
    public async Task<InboxCounts> MarkAsync(Recipient recipient, InboxMark mark, CancellationToken cancellation)
    {
        await store.MarkAsync(recipient, mark);
        var news = new InboxNews(ChangeOf(mark), [.. mark.Sequences.Select(Id)], mark.Through is { } through ? Id(through) : null, mark.Topics);
        try
        {
            return (await streams.NotifyAsync(recipient, news, cancellation)).Counts;
        }
        catch (StoreUnavailableException fault)
        {
            throw new StoreUnavailableException("The mark is stored, but the counts cannot be read now.", fault) { IsPartlyStored = true };
        }
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
