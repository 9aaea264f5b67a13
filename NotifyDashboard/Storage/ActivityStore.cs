using System.Text.Json;
using Dapper;
using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Storage;

/// <summary>Activity in the database.</summary>
internal sealed class ActivityStore(Database db) : IActivityStore
{
    private const string Add =
        """
        INSERT INTO activity (step, at, streams, people, tabs, lagging, unread, published, delivered, refused, failed, opened, gaps, timed_out)
        VALUES (@step, @at, @Streams, @People, @Tabs, @Lagging, @Unread, @Published, @Delivered, @Refused, @Failed, @Opened, @Gaps, @TimedOut)
        ON CONFLICT (step, at) DO UPDATE SET
          streams = CASE WHEN excluded.streams > activity.streams THEN excluded.streams ELSE activity.streams END,
          people = CASE WHEN excluded.people > activity.people THEN excluded.people ELSE activity.people END,
          tabs = CASE WHEN excluded.tabs > activity.tabs THEN excluded.tabs ELSE activity.tabs END,
          lagging = CASE WHEN excluded.lagging > activity.lagging THEN excluded.lagging ELSE activity.lagging END,
          unread = coalesce(excluded.unread, activity.unread),
          published = activity.published + excluded.published, delivered = activity.delivered + excluded.delivered,
          refused = activity.refused + excluded.refused, failed = activity.failed + excluded.failed,
          opened = activity.opened + excluded.opened, gaps = activity.gaps + excluded.gaps, timed_out = activity.timed_out + excluded.timed_out
        """;

    // Replaces the sums instead of adding to them: whatever was interrupted before is right again.
    private const string SumUp =
        """
        INSERT INTO activity (step, at, streams, people, tabs, lagging, unread, published, delivered, refused, failed, opened, gaps, timed_out)
        SELECT @step, at / @step * @step, max(streams), max(people), max(tabs), max(lagging), max(unread),
          sum(published), sum(delivered), sum(refused), sum(failed), sum(opened), sum(gaps), sum(timed_out)
        FROM activity WHERE step = @finer AND at >= @from GROUP BY at / @step * @step
        ON CONFLICT (step, at) DO UPDATE SET
          streams = excluded.streams, people = excluded.people, tabs = excluded.tabs, lagging = excluded.lagging, unread = excluded.unread,
          published = excluded.published, delivered = excluded.delivered, refused = excluded.refused, failed = excluded.failed,
          opened = excluded.opened, gaps = excluded.gaps, timed_out = excluded.timed_out
        """;

    private const string DeleteOld = "DELETE FROM activity WHERE step = @step AND at < @before";

    private const string Select =
        """
        SELECT at AS At, streams AS Streams, people AS People, tabs AS Tabs, lagging AS Lagging, unread AS Unread, published AS Published, delivered AS Delivered,
          refused AS Refused, failed AS Failed, opened AS Opened, gaps AS Gaps, timed_out AS TimedOut
        FROM activity WHERE step = @step AND at >= @from ORDER BY at
        """;

    private const string SelectPublished =
        "SELECT topics AS Topics, severity AS Severity FROM notifications WHERE kind = 0 AND published_at >= @since ORDER BY published_at DESC LIMIT @limit";

    public Task SaveAsync(IReadOnlyList<ActivitySample> samples) => db.WriteAsync((connection, transaction) =>
    {
        if (samples.Count == 0) return false;
        connection.Execute(Add, samples.Select(Parameters), transaction);
        var (first, last) = (samples.Min(sample => sample.At), samples.Max(sample => sample.At));
        foreach (var (finer, step) in ActivityStep.All.Zip(ActivityStep.All.Skip(1)))
        {
            // The finer ones that belong to this step are all still there: they are kept longer than the step is long.
            connection.Execute(SumUp, new { step = Seconds(step), finer = Seconds(finer), from = step.BeginOf(first).ToUnixTimeSeconds() }, transaction);
        }
        // Twice as long, so that the reading of a whole span never meets its end.
        foreach (var step in ActivityStep.All) connection.Execute(DeleteOld, new { step = Seconds(step), before = (last - (2 * step.KeptFor)).ToUnixTimeSeconds() }, transaction);
        return true;
    });

    public async Task<IReadOnlyList<ActivitySample>> ReadAsync(ActivityStep step, DateTimeOffset from, CancellationToken cancellation) =>
        [.. (await db.QueryAsync<Row>(Select, new { step = Seconds(step), from = from.ToUnixTimeSeconds() }, cancellation)).Select(row => row.ToSample())];

    public async Task<ActivityShares> ReadSharesAsync(DateTimeOffset since, int limit, CancellationToken cancellation)
    {
        // Counted here: SQL that takes topics out of their JSON differs between databases.
        var rows = await db.QueryAsync<PublishedRow>(SelectPublished, new { since = since.ToUnixTimeMilliseconds(), limit = limit + 1 }, cancellation);
        var counted = rows.Take(limit).ToList();
        var topics = counted.SelectMany(row => JsonSerializer.Deserialize<string[]>(row.Topics)!).CountBy(topic => topic, StringComparer.Ordinal);
        return new(counted.Count, rows.Count <= limit, [.. topics.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)],
            counted.CountBy(row => row.Severity ?? "").ToDictionary());
    }

    private static object Parameters(ActivitySample sample) => new
    {
        step = Seconds(ActivityStep.TenSeconds),
        at = sample.At.ToUnixTimeSeconds(),
        sample.Streams,
        sample.People,
        sample.Tabs,
        sample.Lagging,
        sample.Unread,
        sample.Published,
        sample.Delivered,
        sample.Refused,
        sample.Failed,
        sample.Opened,
        sample.Gaps,
        sample.TimedOut,
    };

    private static long Seconds(ActivityStep step) => (long)step.Length.TotalSeconds;

    private sealed record PublishedRow(string Topics, string? Severity);

    private sealed record Row(
        long At, long Streams, long People, long Tabs, long Lagging, long? Unread, long Published, long Delivered, long Refused, long Failed, long Opened, long Gaps, long TimedOut)
    {
        public ActivitySample ToSample() =>
            new(DateTimeOffset.FromUnixTimeSeconds(At), Streams, People, Tabs, Lagging, Unread, Published, Delivered, Refused, Failed, Opened, Gaps, TimedOut);
    }
}
