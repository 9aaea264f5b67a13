namespace NotifyDashboard.Hub;

/// <summary>Unseen and unread notifications of a recipient. Every number stops at <see cref="Max"/>, which then means that many or more.</summary>
/// <param name="CountsAt">The cursor up to which notifications are counted; a frame at or below it does not change the counts.</param>
/// <param name="Unseen">Notifications since the list was last opened.</param>
/// <param name="Unread">Notifications that were not opened, including all unseen ones.</param>
/// <param name="Topics">The counts of each topic of the inbox. A notification on several topics counts in each of them, and once in the sums.</param>
public sealed record InboxCounts(string CountsAt, int Unseen, int Unread, IReadOnlyDictionary<string, TopicCounts> Topics)
{
    public const int Max = 100;
}

/// <summary>The counts of one topic.</summary>
public readonly record struct TopicCounts(int Unseen, int Unread);
