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
        var update = new InboxUpdate(ChangeOf(mark), [.. mark.Sequences.Select(Id)], mark.Through is { } through ? Id(through) : null, mark.Topics);
        try
        {
            return (await streams.NotifyAsync(recipient, update, cancellation)).Counts;
        }
        catch (StoreUnavailableException exception)
        {
            throw new StoreUnavailableException("The mark is stored, but the counts cannot be read now.", exception) { IsPartlyStored = true };
        }
    }

    /// <exception cref="StoreUnavailableException"/>
    public async Task<InboxPreferences> PreferAsync(Recipient recipient, InboxPreferences preferences)
    {
        await store.SavePreferencesAsync(recipient, preferences);
        streams.Notify(recipient.Id, new(InboxChange.Preferences, []));
        return preferences;
    }

    private string Id(long sequence) => hub.Epochs.CursorOf(sequence).ToString();

    private static string ChangeOf(InboxMark mark) => mark.Action switch
    {
        InboxAction.Read when mark.Through is not null => InboxChange.ReadAll,
        InboxAction.Read => InboxChange.Read,
        InboxAction.Seen => InboxChange.Seen,
        InboxAction.Unread => InboxChange.Unread,
        InboxAction.Archive => InboxChange.Archive,
        InboxAction.Unarchive => InboxChange.Unarchive,
        _ => InboxChange.Snooze,
    };
}
