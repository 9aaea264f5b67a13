using System.Data.Common;
using System.Text.Json;
using Dapper;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Reads the history newest first: out of the index that says most, and through what is left a bounded number of rows at a time.</summary>
internal static class SqliteHistory
{
    // Rows of one read.
    private const int Rows = 500;

    // A clock that was set back lets times run against the order: that many rows around the edge are looked at.
    public const int Edge = 1_000;

    private static readonly Statements Whole = new(NotificationRow.Columns), Brief = new(NotificationRow.BriefColumns);

    private const string FirstFrom = "SELECT min(sequence) FROM (SELECT sequence FROM notifications WHERE kind = 0 AND published_at >= @at ORDER BY published_at LIMIT @edge)";

    /// <summary>The newest sequence published before a time.</summary>
    public const string LastBefore = "SELECT max(sequence) FROM (SELECT sequence FROM notifications WHERE kind = 0 AND published_at < @at ORDER BY published_at DESC LIMIT @edge)";

    public static Task<HistorySlice> ReadAsync(DbConnection connection, SearchIndex search, HistoryQuery query, Epochs epochs, CancellationToken cancellation) =>
        ReadAsync(connection, search, query, Whole, Rows, epochs, cancellation);

    /// <summary>Reads no content, and all rows at once: a search for the start of a word costs as much for each part as for all of it.</summary>
    public static async Task<HistoryCount> CountAsync(DbConnection connection, SearchIndex search, HistoryQuery query, Epochs epochs, CancellationToken cancellation)
    {
        var (found, next, isIncomplete) = await ReadAsync(connection, search, query, Brief, query.Limit + query.PassOver, epochs, cancellation);
        return new(found.Count, next is null && !isIncomplete);
    }

    private static async Task<HistorySlice> ReadAsync(
        DbConnection connection, SearchIndex search, HistoryQuery query, Statements statements, int rows, Epochs epochs, CancellationToken cancellation)
    {
        var match = query.Text is null ? null : SearchText.ToQuery(query.Text);
        if (query.Text is not null && match is null) return new([], null);
        var (floor, before) = await BoundsAsync(connection, query, cancellation);
        var statement = statements.For(query);
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
                while (await reader.ReadAsync(cancellation))
                {
                    read++;
                    var matches = NotificationRow.ReadKind(reader) == LogEntryKind.Notification && query.Matches(NotificationRow.ReadType(reader), NotificationRow.ReadSeverity(reader), NotificationRow.ReadPublishedAt(reader), NotificationRow.ReadPublishedBy(reader));
                    var notification = matches ? NotificationRow.Read(reader, epochs) : null;
                    if (notification is null || !query.Asked.Matches(notification.Draft) || !query.Allowed.Matches(notification.Draft)) passedOver++;
                    // One more than asked for says that there are more.
                    else if (matching.Count == query.Limit) return new(matching, before, isIncomplete);
                    else matching.Add(notification);
                    before = NotificationRow.ReadSequence(reader);
                    if (passedOver >= query.PassOver) return new(matching, before, isIncomplete);
                }
            }
            if ((hits?.Sequences.Count ?? read) < rows) return new(matching, null, isIncomplete);
            // What stood there is gone meanwhile.
            if (hits is { Sequences: [.., var last] }) before = last;
        }
    }

    private static async Task<(long Floor, long Before)> BoundsAsync(DbConnection connection, HistoryQuery query, CancellationToken cancellation)
    {
        var (floor, before) = (0L, query.Before ?? long.MaxValue);
        if (query.From is { } from) floor = await EdgeAsync(FirstFrom, from) ?? long.MaxValue;
        if (query.To is { } to) before = Math.Min(before, (await EdgeAsync(LastBefore, to) ?? 0) + 1);
        return (floor, before);

        Task<long?> EdgeAsync(string statement, DateTimeOffset at) =>
            connection.ExecuteScalarAsync<long?>(new CommandDefinition(statement, new { at = at.ToUnixTimeMilliseconds(), edge = Edge }, cancellationToken: cancellation));
    }

    /// <summary>One for each index that a reading can start from.</summary>
    /// <param name="columns">In the order of <see cref="NotificationRow.Columns"/>.</param>
    private sealed class Statements(string columns)
    {
        private const string Range = "sequence < @before AND sequence >= @floor ORDER BY sequence DESC LIMIT @rows";

        private readonly string _newest = $"SELECT {columns} FROM notifications WHERE {Range}";

        private readonly string _found = In(columns, "SELECT value FROM json_each(@found)");

        private readonly string _ofSeverity = In(columns, $"SELECT sequence FROM notifications INDEXED BY notifications_severity WHERE severity = @severity AND {Range}");

        private readonly string _ofType = In(columns, $"SELECT sequence FROM notifications INDEXED BY notifications_type WHERE type = @type AND kind = 0 AND {Range}");

        // Several topics cannot be read in order out of the index: all their rows would be sorted for every page. So first the nearest sequence
        // at which one topic alone fills the page: nothing beyond it is wanted.
        private readonly string _ofTopics = In(columns,
            "SELECT DISTINCT sequence FROM notification_topics WHERE topic IN @topics AND sequence < @before AND sequence >= @floor AND sequence >= coalesce("
            + "(SELECT max((SELECT sequence FROM notification_topics WHERE topic = asked.value AND sequence < @before ORDER BY sequence DESC LIMIT 1 OFFSET @rows - 1)) "
            + "FROM json_each(@asked) AS asked), 0) ORDER BY sequence DESC LIMIT @rows");

        public string For(HistoryQuery query) => query.Text is not null ? _found
            : query.Asked.Patterns.Count == 0 ? _ofTopics
            : query.Severity is not null ? _ofSeverity
            : query.Type is not null ? _ofType
            : _newest;

        private static string In(string columns, string sequences) => $"SELECT {columns} FROM notifications WHERE sequence IN ({sequences}) ORDER BY sequence DESC";
    }
}
