namespace NotifyDashboard.Hub;

/// <summary>What a recipient has not seen and not read. Every number stops at <see cref="Most"/>, which means that many or more.</summary>
/// <param name="CountsAt">The cursor up to which they count; a frame at or below it moves no count.</param>
/// <param name="Unseen">Those that came since the list was last opened.</param>
/// <param name="Unread">Those that were not opened; all unseen ones are among them.</param>
/// <param name="Topics">Of each topic of the inbox. What is on several topics counts in each of them, and once in the sums.</param>
public sealed record InboxCounts(string CountsAt, int Unseen, int Unread, IReadOnlyDictionary<string, TopicCounts> Topics)
{
    public const int Most = 100;
}

/// <summary>The counts of one topic.</summary>
public readonly record struct TopicCounts(int Unseen, int Unread);
