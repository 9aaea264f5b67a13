using System.Data.Common;
using System.Text.Json;
using Dapper;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Reads the history newest first: from the most selective index, and through the remaining rows a bounded number at a time.</summary>
internal static class SqliteHistory
{
    // Rows of one statement.
    private const int Rows = 500;

    /// <summary>Rows looked at on either side of a time: after a clock was set back, times do not ascend with the sequence.</summary>
    public const int Edge = 1_000;

    public static Task<HistorySlice> ReadAsync(DbConnection connection, SearchIndex search, HistoryQuery query, Epochs epochs, CancellationToken cancellation) =>
        ReadAsync(connection, search, query, HistoryStatements.Whole, Rows, epochs, cancellation);

    /// <summary>Reads no content, and all rows at once: a search for the start of a word costs as much for each part as for all of it.</summary>
    public static async Task<HistoryCount> CountAsync(DbConnection connection, SearchIndex search, HistoryQuery query, Epochs epochs, CancellationToken cancellation)
    {
        var (found, next, isIncomplete) = await ReadAsync(connection, search, query, HistoryStatements.Brief, query.Limit + query.MaxNonMatchingRows, epochs, cancellation);
        return new(found.Count, next is null && !isIncomplete);
    }

    private static async Task<HistorySlice> ReadAsync(
        DbConnection connection, SearchIndex search, HistoryQuery query, HistoryStatements statements, int rows, Epochs epochs, CancellationToken cancellation)
    {
        var match = query.Text is null ? null : SearchText.ToQuery(query.Text);
        if (query.Text is not null && match is null) return new([], null);
        var (floor, before) = await BoundsAsync(connection, query, cancellation);
        var statement = Choose(statements, query);
        var asked = JsonSerializer.Serialize(query.Asked.Topics);
        var matching = new List<Notification>();
        var (passedOver, isIncomplete) = (0, false);
        while (true)
        {
            var read = 0;
            SearchHits? hits = match is null ? null : await search.FindAsync(match, floor, before, rows, cancellation);
            isIncomplete |= hits is { IsIncomplete: true };
            await using (var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
                statement,
                new { severity = query.Severity, type = query.Type, topics = query.Asked.Topics, asked, found = hits is null ? null : JsonSerializer.Serialize(hits.Value.Sequences), before, floor, rows },
                cancellationToken: cancellation)))
            {
                var row = new NotificationReader(reader, epochs);
                while (await reader.ReadAsync(cancellation))
                {
                    read++;
                    var notification = row.Kind == LogEntryKind.Notification && query.Matches(row.Type, row.Severity, row.PublishedAt, row.PublishedBy) ? row.Read() : null;
                    if (notification is null || !query.Asked.Matches(notification.Draft) || !query.Allowed.Matches(notification.Draft)) passedOver++;
                    // One more than asked for shows that there are more.
                    else if (matching.Count == query.Limit) return new(matching, before, isIncomplete);
                    else matching.Add(notification);
                    before = row.Sequence;
                    if (passedOver >= query.MaxNonMatchingRows) return new(matching, before, isIncomplete);
                }
            }
            if ((hits?.Sequences.Count ?? read) < rows) return new(matching, null, isIncomplete);
            // The oldest hits may have been trimmed since the search found them.
            if (hits is { Sequences: [.., var last] }) before = last;
        }
    }

    private static async Task<(long Floor, long Before)> BoundsAsync(DbConnection connection, HistoryQuery query, CancellationToken cancellation)
    {
        var (floor, before) = (0L, query.Before ?? long.MaxValue);
        if (query.From is { } from) floor = await EdgeAsync(HistoryStatements.FirstFrom, from) ?? long.MaxValue;
        if (query.To is { } to) before = Math.Min(before, (await EdgeAsync(HistoryStatements.LastBefore, to) ?? 0) + 1);
        return (floor, before);

        Task<long?> EdgeAsync(string statement, DateTimeOffset at) =>
            connection.ExecuteScalarAsync<long?>(new CommandDefinition(statement, new { at = at.ToUnixTimeMilliseconds(), edge = Edge }, cancellationToken: cancellation));
    }

    private static string Choose(HistoryStatements statements, HistoryQuery query) => query.Text is not null ? statements.Found
        : query.Asked.Patterns.Count == 0 ? statements.OfTopics
        : query.Severity is not null ? statements.OfSeverity
        : query.Type is not null ? statements.OfType
        : statements.Newest;
}
