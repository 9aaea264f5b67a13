namespace NotifyDashboard.Hub;

/// <summary>Why a stream cannot go on exactly where it was.</summary>
public enum GapReason
{
    /// <summary>The cursor is not one of this log, or of a future that a restored backup does not have.</summary>
    Unknown,

    /// <summary>The cursor lies beyond the newest notification.</summary>
    Ahead,

    /// <summary>Something after the cursor was trimmed from a topic that is asked for.</summary>
    Trimmed,

    /// <summary>The cursor is older than the log is searched for this stream.</summary>
    Limited,
}

/// <summary>Where a stream starts.</summary>
/// <param name="Position">It gets everything that matches after this sequence.</param>
/// <param name="Gap">Set when something may be missing before it; the stream says so.</param>
/// <param name="Oldest">With a gap, the oldest notification that will be sent; null when there is none.</param>
public readonly record struct ResumePoint(long Position, GapReason? Gap = null, Cursor? Oldest = null)
{
    /// <summary>Asks for everything kept.</summary>
    public const string Earliest = "earliest";

    /// <summary>The start where there is no gap; that needs no reading. False: <see cref="FindAsync"/> searches the log.</summary>
    /// <param name="floor">For filters with patterns the log is not searched at or below this sequence; a cursor below it gets a <see cref="GapReason.Limited"/> gap.</param>
    internal static bool TryFind(string? text, TopicFilter filter, long head, long floor, Epochs epochs, TrimmedTopics trimmed, out ResumePoint start)
    {
        start = new(string.IsNullOrEmpty(text) ? head : 0);
        if (string.IsNullOrEmpty(text)) return true;
        var cursor = default(Cursor);
        if (text != Earliest && (!Cursor.TryParse(text, out cursor) || !epochs.Knows(cursor) || cursor.Sequence > head)) return false;
        start = new(cursor.Sequence);
        return (filter.Patterns.Count == 0 || cursor.Sequence >= floor) && (text == Earliest || !trimmed.HasAfter(cursor.Sequence, filter));
    }

    internal static async Task<ResumePoint> FindAsync(
        string? text, TopicFilter filter, long head, long floor, Epochs epochs, TrimmedTopics trimmed, INotificationLog log, int gapReplay, CancellationToken cancellation)
    {
        if (TryFind(text, filter, head, floor, epochs, trimmed, out var start)) return start;
        if (filter.Patterns.Count == 0) floor = 0;
        var cursor = default(Cursor);
        var known = text == Earliest || (Cursor.TryParse(text, out cursor) && epochs.Knows(cursor));
        if (known && cursor.Sequence <= head)
        {
            return cursor.Sequence < floor
                ? await FindKeptAsync(floor, GapReason.Limited, filter, head, log, cancellation)
                : await FindKeptAsync(cursor.Sequence, GapReason.Trimmed, filter, head, log, cancellation);
        }
        var reason = known ? GapReason.Ahead : GapReason.Unknown;
        Cursor? oldest = null;
        long? before = head + 1;
        // A part at a time: the log is read for nobody else meanwhile longer than a part takes.
        for (var left = gapReplay; left > 0 && before > floor + 1;)
        {
            var (found, next, _) = await log.ReadHistoryAsync(new HistoryQuery(filter, filter, Before: before, Limit: left), cancellation);
            // What was taken back is in the history, but is sent to nobody.
            List<Notification> kept = [.. found.Where(notification => notification.Retraction is null)];
            (left, before) = (left - kept.Count, next);
            if (kept.Count > 0) oldest = kept[^1].Id;
        }
        return oldest is { } first ? new(first.Sequence - 1, reason, first) : new(head, reason);
    }

    // Resumes from the oldest entry that is kept.
    private static async Task<ResumePoint> FindKeptAsync(long after, GapReason reason, TopicFilter filter, long head, INotificationLog log, CancellationToken cancellation)
    {
        while (after < head)
        {
            var page = await log.ReadAsync(filter, after, head, 1, cancellation);
            if (page.Entries is [var oldest, ..]) return new(oldest.Cursor.Sequence - 1, reason, oldest.Cursor);
            after = page.ReadThrough;
        }
        return new(head, reason);
    }
}
