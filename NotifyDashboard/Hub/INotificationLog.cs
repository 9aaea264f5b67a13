namespace NotifyDashboard.Hub;

/// <summary>What a log holds when it is opened.</summary>
/// <param name="Head">The newest sequence; 0 when empty.</param>
public readonly record struct LogState(long Head, Epochs Epochs, TrimmedTopics Trimmed);

/// <summary>A part of the log, in order.</summary>
/// <param name="Entries">The matching entries, oldest first. A retracted notification is left out, but its retract entry is included. An expired notification is included until its end is appended.</param>
/// <param name="ReadThrough">The sequence up to which the log was read: all matches up to here are in the page.</param>
public readonly record struct LogPage(IReadOnlyList<LogEntry> Entries, long ReadThrough);

/// <summary>A query of the history; newest first. A null filter matches everything.</summary>
/// <param name="Asked">The requested notifications.</param>
/// <param name="Allowed">The notifications that the caller may see.</param>
/// <param name="Text">Words that must all occur in title, body, data, topics or tags; each may be the start of a longer word. A phrase in quotes must occur literally.</param>
/// <param name="From">Published at this time or later.</param>
/// <param name="To">Published before this time.</param>
/// <param name="Before">Only notifications before this sequence; null: from the newest.</param>
/// <param name="Limit">Maximum number of notifications.</param>
public sealed record HistoryQuery(
    TopicFilter Asked, TopicFilter Allowed, string? Type = null, string? Severity = null, long? Before = null, int Limit = 50,
    string? Text = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>Maximum number of rows that do not match before a page ends: without an index, the history is scanned in parts.</summary>
    public int MaxNonMatchingRows { get; init; } = 4_000;

    /// <summary>The key or operator of the query: concurrent searches take turns by caller.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Only notifications of this publisher; null: of all.</summary>
    public string? By { get; init; }

    /// <summary>Whether the columns of a row match; topics and text are checked elsewhere.</summary>
    public bool Matches(string type, string? severity, DateTimeOffset publishedAt, string publishedBy) =>
        (By is null || publishedBy == By) && (Type is null || type == Type) && (Severity is null || severity == Severity) && !(publishedAt < From) && !(publishedAt >= To);
}

/// <summary>A part of the history, newest first.</summary>
/// <param name="Notifications">The matching notifications. There may be fewer than the limit, even none, if the scan ended early.</param>
/// <param name="Next">The value of <see cref="HistoryQuery.Before"/> for the next page; null when nothing older matches.</param>
/// <param name="IsIncomplete">The search index is being rebuilt: notifications that are not in it yet were not found.</param>
public readonly record struct HistorySlice(IReadOnlyList<Notification> Notifications, long? Next, bool IsIncomplete = false);

/// <summary>The number of matching notifications.</summary>
/// <param name="Found">At most <see cref="HistoryQuery.Limit"/>.</param>
/// <param name="IsExact">False if there may be more: a limit was reached, or the search index is being rebuilt.</param>
public readonly record struct HistoryCount(int Found, bool IsExact);

/// <summary>The text search is unavailable; everything else can be read.</summary>
public sealed class SearchUnavailableException(Exception? inner = null) : StoreUnavailableException("The search index is not ready.", inner);

/// <summary>The queue of searches is full.</summary>
public sealed class SearchBusyException() : StoreUnavailableException("Too many searches are waiting.");

/// <summary>The append-only log of everything published. Safe for concurrent reads; one append at a time.</summary>
public interface INotificationLog
{
    /// <summary>Opens the log. Call it before any other member.</summary>
    Task<LogState> OpenAsync(CancellationToken cancellation);

    /// <summary>The log's epochs; known after <see cref="OpenAsync"/>.</summary>
    Epochs Epochs { get; }

    /// <summary>
    /// Applies the changes in order, in one commit; durable (fsync) when it returns. A refused change does not affect the others.
    /// </summary>
    /// <param name="now">The time of all of them, in UTC, to the millisecond.</param>
    /// <returns>One outcome for each change.</returns>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<LogOutcome>> AppendAsync(IReadOnlyList<LogChange> changes, DateTimeOffset now);

    /// <summary>The matching entries after <paramref name="after"/> and up to <paramref name="through"/>, oldest first, at most <paramref name="limit"/>.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<LogPage> ReadAsync(TopicFilter filter, long after, long through, int limit, CancellationToken cancellation);

    /// <exception cref="StoreUnavailableException"/>
    Task<HistorySlice> ReadHistoryAsync(HistoryQuery query, CancellationToken cancellation);

    /// <summary>Counts the matching notifications up to the query's limit. It ends early after <see cref="HistoryQuery.MaxNonMatchingRows"/> rows that do not match.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<HistoryCount> CountHistoryAsync(HistoryQuery query, CancellationToken cancellation);

    /// <exception cref="StoreUnavailableException"/>
    Task<Notification?> FindAsync(Cursor id, CancellationToken cancellation);

    /// <summary>Topics with this prefix that were published to, in the order of their bytes.</summary>
    /// <param name="after">Only topics after this one.</param>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<string>> ReadTopicsAsync(string prefix, int limit, CancellationToken cancellation, string? after = null);

    /// <summary>The earlier of the next expiry and the next scheduled publish; null if there is neither.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<DateTimeOffset?> FindNextDueAsync(CancellationToken cancellation);

    /// <summary>Deletes notifications with their updates and retracts, and records the newest trimmed sequence of each topic.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<TrimmedEntry>> TrimAsync(IReadOnlyList<long> sequences);

    /// <summary>
    /// Waits until the search index has caught up. The words of updated and retracted notifications are then erased from its file; those of trimmed notifications are erased
    /// when their segment of the index is merged. While the hub runs, the index catches up by itself within seconds.
    /// </summary>
    /// <exception cref="SearchUnavailableException">The words may still be in the search index; they are erased when it next catches up.</exception>
    Task PurgeAsync(CancellationToken cancellation);

    /// <summary>Finds the notifications to trim, oldest first.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<TrimCandidate>> FindTrimmableAsync(TrimQuery query, CancellationToken cancellation);
}

/// <summary>Selects the notifications to trim. Exactly one of the first three parameters is set.</summary>
/// <param name="RetainUntil">Notifications whose retention ended by this time.</param>
/// <param name="PublishedBefore">Notifications published before this time.</param>
/// <param name="Newest">All but the newest N.</param>
/// <param name="Topic">With <paramref name="Newest"/>: only of this topic.</param>
/// <param name="After">Only notifications above this sequence; ignored with <paramref name="RetainUntil"/>.</param>
/// <param name="Limit">Maximum number of notifications.</param>
public sealed record TrimQuery(DateTimeOffset? RetainUntil = null, DateTimeOffset? PublishedBefore = null, long? Newest = null, string? Topic = null, long After = 0, int Limit = 200);

/// <summary>A notification that may be trimmed.</summary>
public readonly record struct TrimCandidate(long Sequence, IReadOnlyList<string> Topics);
