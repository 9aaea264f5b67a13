using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Inboxes in the database.</summary>
internal sealed class SqliteInboxStore(Database db, INotificationLog log, TimeProvider time, IOptions<InboxOptions> options) : IInboxStore
{
    private const string SelectRecipient = "SELECT id AS Id, preferences AS Preferences FROM recipients WHERE sub = @sub";

    private const string SelectWatermarks =
        """
        SELECT topic AS Topic, seen_through AS Seen, read_through AS Read
        FROM inbox_topics WHERE recipient = @id AND topic IN (SELECT value FROM json_each(@topics))
        """;

    private const string InsertRecipient = "INSERT INTO recipients (sub, created_at) VALUES (@sub, @at) ON CONFLICT (sub) DO NOTHING";

    private const string InsertTopic =
        """
        INSERT INTO inbox_topics (recipient, topic, seen_through, read_through) VALUES (@id, @topic, @start, @start)
        ON CONFLICT (recipient, topic) DO NOTHING
        """;

    private const string SetPreferences = "UPDATE recipients SET preferences = @preferences WHERE id = @id";

    private const string SelectBack =
        """
        SELECT r.sub AS Recipient, m.sequence AS Sequence
        FROM inbox_marks AS m JOIN recipients AS r ON r.id = m.recipient
        WHERE m.snoozed_until > @after AND m.snoozed_until <= @through AND m.snoozed_until IS NOT NULL AND m.read = 0
        """;

    public Task<InboxState> ReadStateAsync(Recipient recipient, CancellationToken cancellation) =>
        ReadingAsync(recipient, reading => new InboxState(new InboxCounting(reading).Count(recipient.InboxTopics), reading.Preferences), cancellation);

    public Task<InboxCounts> CountAsync(Recipient recipient, IReadOnlyCollection<string> topics, CancellationToken cancellation) =>
        ReadingAsync(recipient, reading => new InboxCounting(reading).Count(topics), cancellation);

    public Task<InboxPage> ReadAsync(Recipient recipient, InboxTab tab, long? before, int limit, CancellationToken cancellation) =>
        ReadingAsync(recipient, reading => new InboxPaging(reading).Read(tab, before ?? long.MaxValue, limit), cancellation);

    public Task MarkAsync(Recipient recipient, InboxMark mark) => WritingAsync(recipient, (connection, transaction, id) =>
        InboxMarking.Run(connection, transaction, new(id, recipient.InboxTopics, time.GetUtcNow()), mark with { Through = mark.Through is { } through ? Math.Min(through, Head(connection, transaction)) : null }));

    public Task SavePreferencesAsync(Recipient recipient, InboxPreferences preferences) => WritingAsync(recipient, (connection, transaction, id) =>
        connection.Execute(SetPreferences, new { id, preferences = JsonSerializer.Serialize(preferences, JsonSerializerOptions.Web) }, transaction));

    public Task<IReadOnlyList<Snoozed>> ReadBackAsync(DateTimeOffset after, DateTimeOffset through, CancellationToken cancellation) =>
        db.QueryAsync<Snoozed>(SelectBack, new { after = after.ToUnixTimeMilliseconds(), through = through.ToUnixTimeMilliseconds() }, cancellation);

    private async Task<T> ReadingAsync<T>(Recipient recipient, Func<InboxReading, T> read, CancellationToken cancellation)
    {
        while (true)
        {
            var (isKnown, result) = await db.ReadAsync(connection => Task.FromResult(TryRead((SqliteConnection)connection, recipient, read)), cancellation);
            if (isKnown) return result!;
            await WritingAsync(recipient, (_, _, _) => 0);
        }
    }

    private (bool IsKnown, T? Result) TryRead<T>(SqliteConnection connection, Recipient recipient, Func<InboxReading, T> read)
    {
        // One transaction, so that the counts and the cursor up to which they count belong to the same state.
        using var moment = connection.BeginTransaction(deferred: true);
        return Find(connection, moment, recipient) is { } known
            ? (true, read(new InboxReading(connection, moment, recipient, known, log.Epochs.CursorOf(Head(connection, moment)), log.Epochs, time.GetUtcNow())))
            : default;
    }

    private static KnownRecipient? Find(DbConnection connection, DbTransaction transaction, Recipient recipient)
    {
        if (connection.QueryFirstOrDefault<RecipientRow>(SelectRecipient, new { sub = recipient.Id }, transaction) is not { } row) return null;
        var watermarks = connection.Query<Watermark>(SelectWatermarks, new { id = row.Id, topics = JsonSerializer.Serialize(recipient.InboxTopics) }, transaction).ToDictionary(mark => mark.Topic, StringComparer.Ordinal);
        return watermarks.Count < recipient.InboxTopics.Count ? null
            : new(row.Id, watermarks, row.Preferences is null ? InboxPreferences.None : JsonSerializer.Deserialize<InboxPreferences>(row.Preferences, JsonSerializerOptions.Web)!);
    }

    /// <summary>Writes in a transaction that first adds the recipient and their topics where they are missing.</summary>
    private Task<int> WritingAsync(Recipient recipient, Func<DbConnection, DbTransaction, long, int> write) => db.WriteAsync((connection, transaction) =>
    {
        if (Find(connection, transaction, recipient) is not { } known)
        {
            connection.Execute(InsertRecipient, new { sub = recipient.Id, at = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
            var id = connection.QueryFirst<RecipientRow>(SelectRecipient, new { sub = recipient.Id }, transaction).Id;
            var shared = Start(connection, transaction);
            connection.Execute(InsertTopic, recipient.InboxTopics.Select(topic => new { id, topic, start = topic == recipient.OwnTopic ? 0 : shared }), transaction);
            return write(connection, transaction, id);
        }
        return write(connection, transaction, known.Id);
    });

    private long Start(DbConnection connection, DbTransaction transaction) => options.Value.StartDaysBack == 0 ? Head(connection, transaction)
        : connection.ExecuteScalar<long?>(HistoryStatements.LastBefore, new { at = time.GetUtcNow().AddDays(-options.Value.StartDaysBack).ToUnixTimeMilliseconds(), edge = SqliteHistory.Edge }, transaction) ?? 0;

    private static long Head(DbConnection connection, DbTransaction transaction) => connection.ExecuteScalar<long>(SqliteNotificationLog.SelectHead, transaction: transaction);

    private sealed record RecipientRow(long Id, string? Preferences);
}

/// <summary>A recipient as the store knows them.</summary>
internal sealed record KnownRecipient(long Id, IReadOnlyDictionary<string, Watermark> Watermarks, InboxPreferences Preferences);

/// <summary>The sequences up to which a topic is seen and read, unless a notification has a mark of its own.</summary>
internal sealed record Watermark(string Topic, long Seen, long Read);
