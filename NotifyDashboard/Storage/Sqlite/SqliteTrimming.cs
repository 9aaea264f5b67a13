using System.Data.Common;
using System.Text.Json;
using Dapper;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Finds what is to be trimmed, on a reading connection: only the deletion needs the writer.</summary>
internal static class SqliteTrimming
{
    private const string SelectKept =
        """
        SELECT sequence AS Sequence, topics AS Topics FROM notifications
        WHERE kept_until <= @at AND kept_until IS NOT NULL AND kind = 0 ORDER BY kept_until LIMIT @limit
        """;

    private const string SelectThrough =
        """
        SELECT sequence AS Sequence, topics AS Topics FROM notifications
        WHERE sequence > @after AND sequence <= @through AND kind = 0 ORDER BY sequence LIMIT @limit
        """;

    private const string SelectThroughOfTopic =
        """
        SELECT n.sequence AS Sequence, n.topics AS Topics
        FROM notification_topics AS t JOIN notifications AS n ON n.sequence = t.sequence AND n.kind = 0
        WHERE t.topic = @topic AND t.sequence > @after AND t.sequence <= @through ORDER BY t.sequence LIMIT @limit
        """;

    private const string FindBeyond = "SELECT sequence FROM notifications WHERE kind = 0 ORDER BY published_at DESC, sequence DESC LIMIT 1 OFFSET @newest";

    // Reads only the index. Updates and retracts count too: a topic may be reported as over its limit too early, but none is missed.
    private const string MayGoBeyond = "SELECT sequence FROM notification_topics WHERE topic = @topic ORDER BY sequence DESC LIMIT 1 OFFSET @newest";

    private const string FindBeyondOfTopic =
        """
        SELECT t.sequence
        FROM notification_topics AS t JOIN notifications AS n ON n.sequence = t.sequence AND n.kind = 0
        WHERE t.topic = @topic ORDER BY t.sequence DESC LIMIT 1 OFFSET @newest
        """;

    public static async Task<IEnumerable<CandidateRow>> FindAsync(DbConnection connection, TrimQuery query, CancellationToken cancellation)
    {
        var (after, limit) = (query.After, query.Limit);
        if (query.RetainUntil is { } kept) return await RowsAsync(SelectKept, new { at = kept.ToUnixTimeMilliseconds(), limit });
        if (query.PublishedBefore is { } before)
            return await OfBoundAsync(await BoundAsync(HistoryStatements.LastBefore, new { at = before.ToUnixTimeMilliseconds(), edge = SqliteHistory.Edge }));
        if (query.Topic is not { } topic) return await OfBoundAsync(await BoundAsync(FindBeyond, new { newest = query.Newest }));
        if (await BoundAsync(MayGoBeyond, new { topic, newest = query.Newest }) is null || await BoundAsync(FindBeyondOfTopic, new { topic, newest = query.Newest }) is not { } bound) return [];
        return await RowsAsync(SelectThroughOfTopic, new { topic, after, through = bound, limit });

        async Task<IEnumerable<CandidateRow>> OfBoundAsync(long? through) => through is null ? [] : await RowsAsync(SelectThrough, new { after, through, limit });

        Task<long?> BoundAsync(string statement, object parameters) => connection.ExecuteScalarAsync<long?>(new CommandDefinition(statement, parameters, cancellationToken: cancellation));

        Task<IEnumerable<CandidateRow>> RowsAsync(string statement, object parameters) => connection.QueryAsync<CandidateRow>(new CommandDefinition(statement, parameters, cancellationToken: cancellation));
    }
}

/// <summary>The row of a notification that may be trimmed.</summary>
internal sealed record CandidateRow(long Sequence, string Topics)
{
    public TrimCandidate ToCandidate() => new(Sequence, JsonSerializer.Deserialize<string[]>(Topics)!);
}
