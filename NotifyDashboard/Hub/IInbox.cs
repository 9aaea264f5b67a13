namespace NotifyDashboard.Hub;

/// <summary>Counts and preferences of one recipient.</summary>
public sealed record InboxState(InboxCounts Counts, InboxPreferences Preferences);

/// <summary>Reads the state of an inbox for the recipient's streams.</summary>
public interface IInbox
{
    /// <exception cref="StoreUnavailableException"/>
    Task<InboxState> ReadStateAsync(Recipient recipient, CancellationToken cancellation);
}

/// <summary>A change of an inbox, sent to the recipient's pages.</summary>
/// <param name="Change">One of <see cref="InboxChange"/>.</param>
/// <param name="Ids">The affected notifications; empty if all up to <paramref name="UpTo"/> are affected.</param>
/// <param name="UpTo">A cursor.</param>
public sealed record InboxUpdate(string Change, IReadOnlyList<string> Ids, string? UpTo = null, IReadOnlyList<string>? Topics = null);

/// <summary>Values of the field <c>change</c> in <c>hub.read</c>.</summary>
public static class InboxChange
{
    public const string
        Seen = "seen", Read = "read", ReadAll = "read-all", Unread = "unread", Archive = "archive", Unarchive = "unarchive", Snooze = "snooze", Preferences = "preferences";

    /// <summary>Something left the inbox, or the change is unknown: the counts are current, and a page must reload its list.</summary>
    public const string Trimmed = "trimmed";
}

/// <summary>The open streams of recipients, on all tabs and devices.</summary>
public interface IRecipientStreams
{
    /// <summary>Sends the change with current counts to all open streams of the recipient, in the background. Devices that connect later get the counts in <c>hub.hello</c>.</summary>
    /// <param name="recipient">The <see cref="Recipient.Id"/>.</param>
    void Notify(string recipient, InboxUpdate update);

    /// <summary>Does the same and returns the state of the inbox after the change. The state is read once, for the caller and for the streams with the same rights.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<InboxState> NotifyAsync(Recipient recipient, InboxUpdate update, CancellationToken cancellation);

    /// <summary>The recipient of each open stream: a recipient with several streams is listed once for each, with the topics of that stream's token.</summary>
    IReadOnlyList<Recipient> Open { get; }
}
