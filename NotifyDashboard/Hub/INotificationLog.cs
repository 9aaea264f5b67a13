namespace NotifyDashboard.Hub;

/// <summary>What a log holds when it is opened.</summary>
/// <param name="Head">The newest sequence; 0 when empty.</param>
public readonly record struct LogState(long Head, Epochs Epochs, TrimmedTopics Trimmed);

/// <summary>Part of the log in order.</summary>
/// <param name="Entries">Those that match, oldest first. A retracted notification is left out, its retract entry is not. An expired one is included until its end is appended.</param>
/// <param name="ReadThrough">The sequence up to which the log was looked at; nothing that matches was left out up to here.</param>
public readonly record struct LogPage(IReadOnlyList<LogEntry> Entries, long ReadThrough);

/// <summary>What a reader of the history asks for; newest first. Null asks for all.</summary>
/// <param name="Asked">What it asks for.</param>
/// <param name="Allowed">What it may see.</param>
/// <param name="Text">Words that all have to be in title, body, data, topics or tags, each as it starts; a phrase in quotes as it stands.</param>
/// <param name="From">Published then or later.</param>
/// <param name="To">Published earlier.</param>
/// <param name="Before">Only what is older than this sequence; null from the newest.</param>
/// <param name="Limit">At most so many.</param>
public sealed record HistoryQuery(
    TopicFilter Asked, TopicFilter Allowed, string? Type = null, string? Severity = null, long? Before = null, int Limit = 50,
    string? Text = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>Rows that do not match before one answer ends: what no index narrows down is read a part at a time.</summary>
    public int MaxNonMatchingRows { get; init; } = 4_000;

    /// <summary>The key or operator that asks: concurrent searches take turns by caller.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Of one publisher alone; null: of all.</summary>
    public string? By { get; init; }

    /// <summary>What a row's own columns say, topics and text apart.</summary>
    public bool Matches(string type, string? severity, DateTimeOffset publishedAt, string publishedBy) =>
        (By is null || publishedBy == By) && (Type is null || type == Type) && (Severity is null || severity == Severity) && !(publishedAt < From) && !(publishedAt >= To);
}

/// <summary>A part of the history, newest first.</summary>
/// <param name="Notifications">Those that match; fewer than asked for, even none, when the reading ended before.</param>
/// <param name="Next">Go on with this as <see cref="HistoryQuery.Before"/>; null when nothing older matches.</param>
/// <param name="IsIncomplete">The search index is being rebuilt: what is not in it yet was not found.</param>
public readonly record struct HistorySlice(IReadOnlyList<Notification> Notifications, long? Next, bool IsIncomplete = false);

/// <summary>How many notifications match.</summary>
/// <param name="Found">At most <see cref="HistoryQuery.Limit"/>.</param>
/// <param name="IsExact">False when there may be more: a bound was reached, or the search index is being rebuilt.</param>
public readonly record struct HistoryCount(int Found, bool IsExact);

/// <summary>Words cannot be searched now; everything else can be read.</summary>
public sealed class SearchUnavailableException(Exception? inner = null) : StoreUnavailableException("The search index is not ready.", inner);

/// <summary>Too many searches wait for their turn already.</summary>
public sealed class SearchBusyException() : StoreUnavailableException("Too many searches are waiting.");

/// <summary>The append-only log of everything published. Safe for concurrent reads; one append at a time.</summary>
public interface INotificationLog
{
    /// <summary>Opens the log, before anything else is asked of it.</summary>
    Task<LogState> OpenAsync(CancellationToken cancellation);

    /// <summary>The log's epochs; known after <see cref="OpenAsync"/>.</summary>
    Epochs Epochs { get; }

    /// <summary>
    /// Carries out the changes in their order, in one commit; durable (fsync) when it returns. One that is refused does not hinder the others.
    /// </summary>
    /// <param name="now">The time of all of them, in UTC, to the millisecond.</param>
    /// <returns>One outcome for each change.</returns>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<LogOutcome>> AppendAsync(IReadOnlyList<LogChange> changes, DateTimeOffset now);

    /// <summary>What matches after a sequence and up to another, oldest first, at most <paramref name="limit"/>.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<LogPage> ReadAsync(TopicFilter filter, long after, long through, int limit, CancellationToken cancellation);

    /// <exception cref="StoreUnavailableException"/>
    Task<HistorySlice> ReadHistoryAsync(HistoryQuery query, CancellationToken cancellation);

    /// <summary>Counts what matches, up to the query's limit, and ends early after <see cref="HistoryQuery.MaxNonMatchingRows"/> rows that do not.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<HistoryCount> CountHistoryAsync(HistoryQuery query, CancellationToken cancellation);

    /// <exception cref="StoreUnavailableException"/>
    Task<Notification?> FindAsync(Cursor id, CancellationToken cancellation);

    /// <summary>Topics that were published to and start with <paramref name="prefix"/>, in alphabetical order.</summary>
    /// <param name="after">Only those behind this one.</param>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<string>> ReadTopicsAsync(string prefix, int limit, CancellationToken cancellation, string? after = null);

    /// <summary>The earlier of the next expiry and the next scheduled publish; null: there is neither.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<DateTimeOffset?> FindNextDueAsync(CancellationToken cancellation);

    /// <summary>Takes out notifications and what was appended about them, and notes for their topics that something is missing.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<TrimmedEntry>> TrimAsync(IReadOnlyList<long> sequences);

    /// <summary>
    /// Waits until the search index has caught up: the words of updated and retracted notifications are then erased from its file, and those of trimmed ones when their
    /// segment of the index is merged. While the hub runs this happens by itself, within seconds.
    /// </summary>
    /// <exception cref="SearchUnavailableException">They may be in the search index still, and go with its next work.</exception>
    Task PurgeAsync(CancellationToken cancellation);

    /// <summary>Finds what is to be trimmed, the oldest first.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<TrimCandidate>> FindTrimmableAsync(TrimQuery query, CancellationToken cancellation);
}

/// <summary>What may be trimmed: exactly one of the first three is set.</summary>
/// <param name="RetainUntil">Those whose own time was over then.</param>
/// <param name="PublishedBefore">Those published before then.</param>
/// <param name="Newest">All but so many of the newest.</param>
/// <param name="Topic">With <paramref name="Newest"/>: of this topic alone.</param>
/// <param name="After">Only those above this sequence; ignored with <paramref name="RetainUntil"/>.</param>
/// <param name="Limit">At most so many.</param>
public sealed record TrimQuery(DateTimeOffset? RetainUntil = null, DateTimeOffset? PublishedBefore = null, long? Newest = null, string? Topic = null, long After = 0, int Limit = 200);

/// <summary>A notification that may be trimmed.</summary>
public readonly record struct TrimCandidate(long Sequence, IReadOnlyList<string> Topics);
