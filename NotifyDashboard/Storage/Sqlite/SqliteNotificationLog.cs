using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The log in one SQLite file. Appends are raw prepared commands in the writer's transaction; reads have their own connections.</summary>
internal sealed class SqliteNotificationLog(SqliteDataSource source, SqliteWriter writer) : INotificationLog
{
    private const string InsertNotification =
        $"INSERT INTO notifications ({NotificationRow.GivenColumns}) "
        + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15) RETURNING sequence";

    private const string InsertTopic = "INSERT INTO notification_topics (topic, sequence) VALUES (@topic, @sequence)";

    private const string SelectRange = $"SELECT {NotificationRow.Columns} FROM notifications WHERE sequence > @after AND sequence <= @through ORDER BY sequence LIMIT @limit";

    // Several topics cannot be read in order out of the index: all their rows would be sorted for every page, which makes a replay quadratic.
    // So first the nearest sequence at which one topic alone fills the page: nothing beyond it is wanted.
    private const string SelectRangeOfTopics =
        $"SELECT {NotificationRow.Columns} FROM notifications WHERE sequence IN "
        + "(SELECT DISTINCT sequence FROM notification_topics WHERE topic IN @topics AND sequence > @after AND sequence <= coalesce("
        + "(SELECT min((SELECT sequence FROM notification_topics WHERE topic = asked.value AND sequence > @after AND sequence <= @through ORDER BY sequence LIMIT 1 OFFSET @limit - 1)) "
        + "FROM json_each(@asked) AS asked), @through) ORDER BY sequence LIMIT @limit) ORDER BY sequence";

    private const string SelectOne = $"SELECT {NotificationRow.Columns} FROM notifications WHERE sequence = @sequence";

    // Jumps from one topic to the next in the index instead of reading every row of it.
    private const string SelectTopics =
        """
        WITH RECURSIVE found (topic) AS (
          SELECT min(topic) FROM notification_topics WHERE topic >= @prefix
          UNION ALL
          SELECT (SELECT min(topic) FROM notification_topics WHERE topic > found.topic) FROM found
          WHERE found.topic IS NOT NULL AND substr(found.topic, 1, length(@prefix)) = @prefix)
        SELECT topic FROM found WHERE topic IS NOT NULL AND substr(topic, 1, length(@prefix)) = @prefix LIMIT @limit
        """;

    // The head is what was ever given, not what is still there.
    private const string SelectHead = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'notifications'), 0)";

    private const string SelectTrimmed = "SELECT topic, sequence FROM trimmed_topics";

    private const string SelectDue = "SELECT t.topic AS Topic, t.sequence AS Sequence FROM (SELECT sequence, topics FROM notifications WHERE kept_until <= @now ORDER BY kept_until LIMIT @limit) AS due, json_each(due.topics) AS named JOIN notification_topics AS t ON t.topic = named.value AND t.sequence = due.sequence";

    private const string NoteTrimmed = "INSERT INTO trimmed_topics (topic, sequence) VALUES (@Topic, @Sequence) ON CONFLICT (topic) DO UPDATE SET sequence = max(sequence, excluded.sequence)";

    private const string DeleteTopic = "DELETE FROM notification_topics WHERE topic = @Topic AND sequence = @Sequence";

    private const string DeleteNotification = "DELETE FROM notifications WHERE sequence = @sequence";

    private const string SelectEpochs = "SELECT epoch AS Name, first_sequence AS FirstSequence FROM epochs";

    private const string InsertFirstEpoch = "INSERT INTO epochs (first_sequence, epoch) SELECT 0, @name WHERE NOT EXISTS (SELECT 1 FROM epochs)";

    // Rows looked at in one read where patterns or other filters decide outside SQL.
    private const int ScanRows = 500;

    // A page stops here, so that a subscriber that is behind never holds many large notifications at once.
    private const int PageCharacters = 256 * 1024;

    private Epochs? _epochs;
    private SqliteCommand? _insertNotification;
    private SqliteCommand? _insertTopic;

    private Epochs Epochs => _epochs ?? throw new InvalidOperationException("The log is not open.");

    public async Task<LogState> OpenAsync(CancellationToken cancellation)
    {
        await writer.WriteAsync((connection, transaction) => connection.Execute(InsertFirstEpoch, new { name = Epoch.NewName() }, transaction));
        await using var connection = await source.OpenConnectionAsync(cancellation);
        _epochs = new Epochs(connection.Query<Epoch>(SelectEpochs));
        return new LogState(connection.ExecuteScalar<long>(SelectHead), _epochs, new(connection.Query<TopicRow>(SelectTrimmed).Select(t => KeyValuePair.Create(t.Topic, t.Sequence))));
    }

    public async Task<IReadOnlyList<Notification>> AppendAsync(IReadOnlyList<LogEntry> batch)
    {
        try
        {
            return await writer.AppendAsync((connection, transaction) => Append(connection, transaction, batch));
        }
        catch (Exception fault) when (fault is SqliteException or ObjectDisposedException)
        {
            throw new LogUnavailableException("The store could not take the notification.", fault);
        }
    }

    public Task<LogPage> ReadAsync(TopicFilter filter, long after, long through, int limit, CancellationToken cancellation) => ReadingAsync(async connection =>
    {
        var byTopic = filter.Patterns.Count == 0;
        var rows = byTopic ? limit : Math.Max(limit, ScanRows);
        var found = new List<Notification>();
        var (read, characters, last) = (0, 0, after);
        await using var reader = await connection.ExecuteReaderAsync(
            new CommandDefinition(byTopic ? SelectRangeOfTopics : SelectRange, new { topics = filter.Topics, asked = JsonSerializer.Serialize(filter.Topics), after, through, limit = rows }, cancellationToken: cancellation));
        while (characters < PageCharacters && found.Count < limit && await reader.ReadAsync(cancellation))
        {
            var notification = NotificationRow.Read(reader, Epochs);
            (read, last) = (read + 1, notification.Id.Sequence);
            if (!filter.Matches(notification.Draft)) continue;
            found.Add(notification);
            characters += (notification.Draft.Body?.Length ?? 0) + (notification.Draft.Data?.Text.Length ?? 0);
        }
        var complete = read < rows && characters < PageCharacters && found.Count < limit;
        return new LogPage(found, complete ? through : last);
    }, cancellation);

    public Task<HistorySlice> ReadHistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        ReadingAsync(connection => SqliteHistory.ReadAsync(connection, query, Epochs, cancellation), cancellation);

    public Task<Notification?> FindAsync(Cursor id, CancellationToken cancellation) => ReadingAsync(async connection =>
    {
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(SelectOne, new { sequence = id.Sequence }, cancellationToken: cancellation));
        var found = await reader.ReadAsync(cancellation) ? NotificationRow.Read(reader, Epochs) : null;
        return found?.Id == id ? found : null;
    }, cancellation);

    public async Task<IReadOnlyList<TrimmedNotification>> TrimAsync(DateTimeOffset now, int limit)
    {
        try
        {
            return await writer.WriteAsync((connection, transaction) =>
            {
                var due = connection.Query<TopicRow>(SelectDue, new { now = now.ToUnixTimeMilliseconds(), limit }, transaction).ToList();
                connection.Execute(NoteTrimmed, due, transaction);
                connection.Execute(DeleteTopic, due, transaction);
                var trimmed = due.GroupBy(t => t.Sequence, t => t.Topic).Select(g => new TrimmedNotification(g.Key, [.. g])).ToList();
                connection.Execute(DeleteNotification, trimmed.Select(t => new { sequence = t.Sequence }), transaction);
                return trimmed;
            });
        }
        catch (Exception fault) when (fault is SqliteException or ObjectDisposedException)
        {
            throw new LogUnavailableException("The store could not be trimmed.", fault);
        }
    }

    public Task<IReadOnlyList<string>> ReadTopicsAsync(string prefix, int limit, CancellationToken cancellation) => ReadingAsync<IReadOnlyList<string>>(async connection =>
        [.. await connection.QueryAsync<string>(new CommandDefinition(SelectTopics, new { prefix, limit }, cancellationToken: cancellation))], cancellation);

    private async Task<T> ReadingAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await read(connection);
        }
        catch (SqliteException fault)
        {
            throw new LogUnavailableException("The store could not be read.", fault);
        }
    }

    private List<Notification> Append(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<LogEntry> batch)
    {
        _insertNotification ??= Prepare(connection, InsertNotification, [.. Enumerable.Range(0, 16).Select(i => $"@p{i}")]);
        _insertTopic ??= Prepare(connection, InsertTopic, ["@topic", "@sequence"]);
        _insertNotification.Transaction = _insertTopic.Transaction = transaction;
        var stored = new List<Notification>(batch.Count);
        foreach (var entry in batch)
        {
            var sequence = (long)Run(_insertNotification, NotificationRow.Values(entry))!;
            foreach (var topic in entry.Draft.Topics) Run(_insertTopic, [topic, sequence]);
            stored.Add(new Notification(Epochs.At(sequence), entry.Draft, entry.PublishedAt, entry.PublishedBy));
        }
        return stored;
    }

    private sealed record TopicRow(string Topic, long Sequence);

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static object? Run(SqliteCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteScalar();
    }
}
