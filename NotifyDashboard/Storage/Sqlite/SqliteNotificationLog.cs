using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The log in one SQLite file. Appends run in the writer's transaction; reads have their own connections.</summary>
internal sealed class SqliteNotificationLog(Database db, SqliteDataSource source, SqliteWriter writer, ILogger<SqliteNotificationLog> logger) : INotificationLog, IDisposable
{
    // Each entry with the notification that it is about; the entry of a notification is about itself.
    private const string SelectRange =
        $"""
        SELECT entry, entry_kind, {NotificationRow.Columns}
        FROM (SELECT sequence AS entry, kind AS entry_kind, coalesce(target, sequence) AS about FROM notifications) AS e
        JOIN notifications ON sequence = about
        WHERE entry > @after AND entry <= @through
        ORDER BY entry LIMIT @limit
        """;

    // Several topics cannot be read in order from the index: all their rows would be sorted for every page, which makes a replay quadratic.
    // So first the nearest sequence is looked up at which one topic alone fills the page: nothing beyond it is needed.
    private const string SelectRangeOfTopics =
        $"""
        SELECT entry, entry_kind, {NotificationRow.Columns}
        FROM (SELECT sequence AS entry, kind AS entry_kind, coalesce(target, sequence) AS about FROM notifications) AS e
        JOIN notifications ON sequence = about
        WHERE entry IN (
          SELECT DISTINCT sequence FROM notification_topics
          WHERE topic IN @topics AND sequence > @after AND sequence <= coalesce(
            (SELECT min((SELECT sequence FROM notification_topics WHERE topic = asked.value AND sequence > @after AND sequence <= @through ORDER BY sequence LIMIT 1 OFFSET @limit - 1))
             FROM json_each(@asked) AS asked), @through)
          ORDER BY sequence LIMIT @limit)
        ORDER BY entry
        """;

    private const string SelectOne = $"SELECT {NotificationRow.Columns} FROM notifications WHERE sequence = @sequence AND kind = 0";

    // Jumps from one topic to the next in the index instead of reading every row of it.
    private const string SelectTopics =
        """
        WITH RECURSIVE found (topic) AS (
          SELECT min(topic) FROM notification_topics WHERE topic >= @prefix AND topic > @after
          UNION ALL
          SELECT (SELECT min(topic) FROM notification_topics WHERE topic > found.topic) FROM found
          WHERE found.topic IS NOT NULL AND substr(found.topic, 1, length(@prefix)) = @prefix)
        SELECT topic FROM found WHERE topic IS NOT NULL AND substr(topic, 1, length(@prefix)) = @prefix LIMIT @limit
        """;

    // The newest sequence that was ever assigned, even if its row is trimmed.
    internal const string SelectHead = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'notifications'), 0)";

    private const string SelectTrimmed = "SELECT topic, sequence FROM trimmed_topics";

    private const string SelectGone = "SELECT sequence AS Sequence, topics AS Topics, private AS Private FROM notifications WHERE sequence IN @sequences OR target IN @sequences";

    private const string RecordTrimmed =
        """
        INSERT INTO trimmed_topics (topic, sequence) VALUES (@Topic, @Sequence)
        ON CONFLICT (topic) DO UPDATE SET sequence = max(sequence, excluded.sequence)
        """;

    private const string DeleteTopic = "DELETE FROM notification_topics WHERE topic = @Topic AND sequence = @Sequence";

    private const string DeleteEntry = "DELETE FROM notifications WHERE sequence = @sequence";

    private const string SelectNextExpiry = "SELECT min(expires_at) FROM notifications WHERE expires_at IS NOT NULL AND retracted_at IS NULL";

    private const string SelectEpochs = "SELECT epoch AS Name, first_sequence AS FirstSequence FROM epochs";

    private const string InsertFirstEpoch = "INSERT INTO epochs (first_sequence, epoch) SELECT 0, @name WHERE NOT EXISTS (SELECT 1 FROM epochs)";

    // Replaces an epoch that starts at the same sequence: this database holds no entry of it.
    private const string InsertEpoch = "INSERT OR REPLACE INTO epochs (first_sequence, epoch) VALUES (@first, @name)";

    // Rows of one statement where topic patterns are matched outside SQL.
    private const int ScanRows = 500;

    // A page ends at this size, so that a subscriber that is behind holds little more than a flush or two at once.
    private const int PageCharacters = 128 * 1024;

    // SQLite blocks the calling thread: half the cores stay free for publishing and streams.
    private readonly FairLimiter _searches = new(Math.Max(1, Environment.ProcessorCount / 2), waitingPerCaller: 50, waiting: 1_000);

    private readonly HeadFile _headFile = new(source.File);
    private Epochs? _epochs;
    private SqliteAppend? _append;
    private SearchIndex? _search;

    public Epochs Epochs => _epochs ?? throw new InvalidOperationException("The log is not open.");

    public async Task<LogState> OpenAsync(CancellationToken cancellation)
    {
        var head = await db.WriteAsync((connection, transaction) =>
        {
            var head = connection.ExecuteScalar<long>(SelectHead, transaction: transaction);
            connection.Execute(InsertFirstEpoch, new { name = Epoch.NewName() }, transaction);
            if (head > 0 && !_headFile.IsReachedBy(head)) connection.Execute(InsertEpoch, new { first = head + 1, name = Epoch.NewName() }, transaction);
            return head;
        });
        _headFile.Record(head);
        _epochs = new Epochs(await db.QueryAsync<Epoch>(SelectEpochs, null, cancellation));
        _append = new SqliteAppend(_epochs);
        // Opened twice in the demo, which appends its history before the hub opens the log.
        _search ??= new SearchIndex(source, writer, _epochs.Current, logger);
        return new LogState(head, _epochs, new((await db.QueryAsync<TopicRow>(SelectTrimmed, null, cancellation)).Select(t => KeyValuePair.Create(t.Topic, t.Sequence))));
    }

    public Task<IReadOnlyList<LogOutcome>> AppendAsync(IReadOnlyList<LogChange> changes, DateTimeOffset now) => Database.TryAsync<IReadOnlyList<LogOutcome>>(async () =>
    {
        var outcomes = await writer.AppendAsync((connection, transaction) => _append!.Run(connection, transaction, changes, now));
        if (outcomes.LastOrDefault(outcome => outcome.Entries.Count > 0) is { } last) _headFile.Record(last.Entries[^1].Cursor.Sequence);
        // Content was deleted or replaced.
        if (outcomes.Any(outcome => outcome.Entries.Any(entry => entry.Kind != LogEntryKind.Notification))) writer.PurgeSoon();
        _search!.Signal();
        return outcomes;
    });

    public Task<LogPage> ReadAsync(TopicFilter filter, long after, long through, int limit, CancellationToken cancellation) => db.ReadAsync(async connection =>
    {
        var byTopic = filter.Patterns.Count == 0;
        var rows = byTopic ? limit : Math.Max(limit, ScanRows);
        var found = new List<LogEntry>();
        var (read, characters, last) = (0, 0, after);
        await using var reader = await connection.ExecuteReaderAsync(
            new CommandDefinition(byTopic ? SelectRangeOfTopics : SelectRange, new { topics = filter.Topics, asked = JsonSerializer.Serialize(filter.Topics), after, through, limit = rows }, cancellationToken: cancellation));
        var (entry, entryKind, row) = (reader.GetOrdinal("entry"), reader.GetOrdinal("entry_kind"), new NotificationReader(reader, Epochs));
        while (characters < PageCharacters && found.Count < limit && await reader.ReadAsync(cancellation))
        {
            var notification = row.Read();
            (read, last) = (read + 1, reader.GetInt64(entry));
            var kind = (LogEntryKind)reader.GetInt64(entryKind);
            if (!filter.Matches(notification.Draft) || (kind == LogEntryKind.Notification && notification.Retraction is not null)) continue;
            found.Add(new LogEntry(Epochs.CursorOf(last), kind, notification));
            characters += (notification.Draft.Body?.Length ?? 0) + (notification.Draft.Data?.Text.Length ?? 0);
        }
        var complete = read < rows && characters < PageCharacters && found.Count < limit;
        return new LogPage(found, complete ? through : last);
    }, cancellation);

    public Task<HistorySlice> ReadHistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        InTurnAsync(query, connection => SqliteHistory.ReadAsync(connection, _search!, query, Epochs, cancellation), cancellation);

    public Task<HistoryCount> CountHistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        InTurnAsync(query, connection => SqliteHistory.CountAsync(connection, _search!, query, Epochs, cancellation), cancellation);

    public Task<Notification?> FindAsync(Cursor id, CancellationToken cancellation) => db.ReadAsync(async connection =>
    {
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(SelectOne, new { sequence = id.Sequence }, cancellationToken: cancellation));
        var found = await reader.ReadAsync(cancellation) ? new NotificationReader(reader, Epochs).Read() : null;
        return found?.Id == id ? found : null;
    }, cancellation);

    public async Task<IReadOnlyList<TrimmedEntry>> TrimAsync(IReadOnlyList<long> sequences)
    {
        var trimmed = await db.WriteAsync<IReadOnlyList<TrimmedEntry>>((connection, transaction) =>
        {
            // Their updates and retracts too: without the notification they mean nothing.
            List<TrimmedEntry> gone = [.. connection.Query<GoneRow>(SelectGone, new { sequences }, transaction).Select(row => row.ToEntry())];
            connection.Execute(RecordTrimmed, gone.SelectMany(entry => entry.MarkerKeys.Select(note => new TopicRow(note, entry.Sequence))), transaction);
            connection.Execute(DeleteTopic, gone.SelectMany(entry => entry.Topics.Select(topic => new TopicRow(topic, entry.Sequence))), transaction);
            connection.Execute(DeleteEntry, gone.Select(entry => new { sequence = entry.Sequence }), transaction);
            return gone;
        });
        _search!.Signal();
        return trimmed;
    }

    public Task<IReadOnlyList<TrimCandidate>> FindTrimmableAsync(TrimQuery query, CancellationToken cancellation) => db.ReadAsync<IReadOnlyList<TrimCandidate>>(async connection =>
        [.. (await SqliteTrimming.FindAsync(connection, query, cancellation)).Select(row => row.ToCandidate())], cancellation);

    public Task<DateTimeOffset?> FindNextDueAsync(CancellationToken cancellation) => db.ReadAsync(async connection =>
    {
        var expires = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(SelectNextExpiry, cancellationToken: cancellation));
        var scheduled = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(ScheduledRow.SelectNext, cancellationToken: cancellation));
        return UnixTime.Of(expires < scheduled || scheduled is null ? expires : scheduled);
    }, cancellation);

    public Task<IReadOnlyList<string>> ReadTopicsAsync(string prefix, int limit, CancellationToken cancellation, string? after = null) =>
        db.QueryAsync<string>(SelectTopics, new { prefix, limit, after = after ?? "" }, cancellation);

    public Task PurgeAsync(CancellationToken cancellation) => _search!.CatchUpAsync(cancellation);

    public void Dispose()
    {
        _search?.Dispose();
        _headFile.Dispose();
    }

    // A turn is short: each read scans a bounded number of rows.
    private async Task<T> InTurnAsync<T>(HistoryQuery query, Func<DbConnection, Task<T>> read, CancellationToken cancellation)
    {
        if (query.Text is not null) await _search!.GetReadyAsync(cancellation);
        using var turn = await _searches.TakeAsync(query.Caller, cancellation) ?? throw new SearchBusyException();
        return await db.ReadAsync(read, cancellation);
    }

    private sealed record TopicRow(string Topic, long Sequence);

    private sealed record GoneRow(long Sequence, string Topics, long Private)
    {
        public TrimmedEntry ToEntry() => new(Sequence, JsonSerializer.Deserialize<string[]>(Topics)!, Private != 0);
    }
}
