namespace NotifyDashboard.Hub;

/// <summary>Why a stream cannot continue exactly at its cursor.</summary>
public enum GapReason
{
    /// <summary>The cursor is not of this log, or was issued after the backup that was restored.</summary>
    Unknown,

    /// <summary>The cursor is above the newest entry.</summary>
    Ahead,

    /// <summary>An entry after the cursor was trimmed from a topic of the stream.</summary>
    Trimmed,

    /// <summary>The cursor is below the part of the log that is searched for this stream.</summary>
    Limited,
}

/// <summary>Where a stream starts.</summary>
/// <param name="Position">The stream gets every match after this sequence.</param>
/// <param name="Gap">Set if entries before it may be missing; the stream then sends <c>hub.gap</c>.</param>
/// <param name="Oldest">With a gap, the oldest entry that will be sent; null if there is none.</param>
public readonly record struct ResumePoint(long Position, GapReason? Gap = null, Cursor? Oldest = null)
{
    /// <summary>Requests everything that is kept.</summary>
    public const string Earliest = "earliest";

    /// <summary>Finds the start if there is no gap, without reading the log. False: call <see cref="FindAsync"/>.</summary>
    /// <param name="floor">For filters with patterns the log is not searched at or below this sequence; a cursor below it gets a <see cref="GapReason.Limited"/> gap.</param>
    internal static bool TryFind(string? text, TopicFilter filter, long head, long floor, Epochs epochs, TrimmedTopics trimmed, out ResumePoint start)
    {
        start = new(string.IsNullOrEmpty(text) ? head : 0);
        if (string.IsNullOrEmpty(text)) return true;
        var cursor = default(Cursor);
        if (text != Earliest && (!Cursor.TryParse(text, out cursor) || !epochs.Contains(cursor) || cursor.Sequence > head)) return false;
        start = new(cursor.Sequence);
        return (filter.Patterns.Count == 0 || cursor.Sequence >= floor) && (text == Earliest || !trimmed.HasAfter(cursor.Sequence, filter));
    }

    internal static async Task<ResumePoint> FindAsync(
        string? text, TopicFilter filter, long head, long floor, Epochs epochs, TrimmedTopics trimmed, INotificationLog log, int gapReplay, CancellationToken cancellation)
    {
        if (TryFind(text, filter, head, floor, epochs, trimmed, out var start)) return start;
        if (filter.Patterns.Count == 0) floor = 0;
        var cursor = default(Cursor);
        var isKnown = text == Earliest || (Cursor.TryParse(text, out cursor) && epochs.Contains(cursor));
        if (isKnown && cursor.Sequence <= head)
        {
            return cursor.Sequence < floor
                ? await FindKeptAsync(floor, GapReason.Limited, filter, head, log, cancellation)
                : await FindKeptAsync(cursor.Sequence, GapReason.Trimmed, filter, head, log, cancellation);
        }
        var reason = isKnown ? GapReason.Ahead : GapReason.Unknown;
        Cursor? oldest = null;
        long? before = head + 1;
        // In parts, so that other readers of the log wait for one part at most.
        for (var left = gapReplay; left > 0 && before > floor + 1;)
        {
            var (found, next, _) = await log.ReadHistoryAsync(new HistoryQuery(filter, filter, Before: before, Limit: left), cancellation);
            // Retracted notifications are in the history but are not sent.
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
