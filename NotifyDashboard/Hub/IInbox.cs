namespace NotifyDashboard.Hub;

/// <summary>How an inbox is.</summary>
public sealed record InboxState(InboxCounts Counts, InboxPreferences Preferences);

/// <summary>What streams tell of inboxes.</summary>
public interface IInbox
{
    /// <exception cref="StoreUnavailableException"/>
    Task<InboxState> ReadStateAsync(Recipient recipient, CancellationToken cancellation);
}

/// <summary>Something that changed in an inbox, for the recipient's pages.</summary>
/// <param name="Change">One of <see cref="InboxChange"/>.</param>
/// <param name="Ids">The notifications that it is about; none where it is about all up to <paramref name="UpTo"/>.</param>
/// <param name="UpTo">A cursor.</param>
public sealed record InboxUpdate(string Change, IReadOnlyList<string> Ids, string? UpTo = null, IReadOnlyList<string>? Topics = null);

/// <summary>What changes in inboxes, as it stands on the wire.</summary>
public static class InboxChange
{
    public const string
        Seen = "seen", Read = "read", ReadAll = "read-all", Unread = "unread", Archive = "archive", Unarchive = "unarchive", Snooze = "snooze", Preferences = "preferences";

    /// <summary>Something left the inbox, or nobody knows what changed: the counts are fresh, and a list is to be loaded anew.</summary>
    public const string Trimmed = "trimmed";
}

/// <summary>The open streams of recipients, on all tabs and devices.</summary>
public interface IRecipientStreams
{
    /// <summary>Tells all of one recipient's, with fresh counts; returns at once. Those that are not open learn it from their next hello.</summary>
    /// <param name="recipient">The <see cref="Recipient.Id"/>.</param>
    void Notify(string recipient, InboxUpdate update);

    /// <summary>The same for a recipient who waits for the state of their inbox after the change: it is read once, for the caller and for the streams with the same rights.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<InboxState> NotifyAsync(Recipient recipient, InboxUpdate update, CancellationToken cancellation);

    /// <summary>The recipient of each open stream: one with several streams occurs several times, each time with the topics of that stream's token.</summary>
    IReadOnlyList<Recipient> Open { get; }
}
