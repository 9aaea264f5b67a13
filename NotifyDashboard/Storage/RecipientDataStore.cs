using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;

namespace NotifyDashboard.Storage;

/// <summary>Exports and erases everything that the database holds about one recipient.</summary>
internal sealed class RecipientDataStore(Database db, INotificationLog log, TimeProvider time) : IRecipientData
{
    private const string SelectRecipient = "SELECT id AS Id, preferences AS Preferences, created_at AS CreatedAt FROM recipients WHERE sub = @sub";

    private const string SelectTopics = "SELECT topic AS Topic, seen_through AS Seen, read_through AS Read FROM inbox_topics WHERE recipient = @id ORDER BY topic";

    private const string SelectMarks =
        """
        SELECT sequence AS Sequence, seen AS Seen, read AS Read, archived AS Archived, snoozed_until AS SnoozedUntil
        FROM inbox_marks WHERE recipient = @id ORDER BY sequence
        """;

    // Of the topic alone: what other recipients got too is not this recipient's own.
    private const string SelectOwn =
        $"""
        SELECT {NotificationRow.Columns} FROM notifications
        WHERE kind = 0 AND topics = @only AND sequence IN (SELECT sequence FROM notification_topics WHERE topic = @ownTopic)
        ORDER BY sequence
        """;

    private const string FindOwn =
        """
        SELECT n.sequence
        FROM notification_topics AS t JOIN notifications AS n ON n.sequence = t.sequence AND n.kind = 0 AND n.topics = @only
        WHERE t.topic = @ownTopic ORDER BY t.sequence LIMIT @limit
        """;

    private static readonly string[] Deletes =
        ["DELETE FROM inbox_marks WHERE recipient = @id", "DELETE FROM inbox_topics WHERE recipient = @id", "DELETE FROM recipients WHERE id = @id"];

    public async Task<RecipientData> ReadAsync(string sub, string ownTopic, Actor by, CancellationToken cancellation)
    {
        await db.WriteAsync((connection, transaction) => AuditLog.Add(connection, transaction, Entry(AuditActions.RecipientExported, by, sub), time));
        return await db.ReadAsync(connection => ReadAsync(connection, sub, ownTopic, cancellation), cancellation);
    }

    private async Task<RecipientData> ReadAsync(DbConnection connection, string sub, string ownTopic, CancellationToken cancellation)
    {
        var known = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(SelectRecipient, new { sub }, cancellationToken: cancellation));
        var topics = await connection.QueryAsync<TopicData>(new CommandDefinition(SelectTopics, new { id = known?.Id }, cancellationToken: cancellation));
        var marks = await connection.QueryAsync<MarkRow>(new CommandDefinition(SelectMarks, new { id = known?.Id }, cancellationToken: cancellation));
        var own = new List<Notification>();
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(SelectOwn, new { ownTopic, only = JsonSerializer.Serialize<string[]>([ownTopic]) }, cancellationToken: cancellation));
        var notification = new NotificationReader(reader, log.Epochs);
        while (await reader.ReadAsync(cancellation)) own.Add(notification.Read());
        return new RecipientData(sub, UnixTime.Of(known?.CreatedAt), known?.Preferences is { } set ? JsonSerializer.Deserialize<InboxPreferences>(set, JsonSerializerOptions.Web) : null,
            [.. topics], [.. marks.Select(mark => mark.ToData())], own);
    }

    public async Task<bool> EraseAsync(string sub, Actor by)
    {
        var erased = await db.WriteAsync((connection, transaction) =>
        {
            AuditLog.Add(connection, transaction, Entry(AuditActions.RecipientErased, by, sub), time);
            if (connection.QueryFirstOrDefault<Row>(SelectRecipient, new { sub }, transaction) is not { } known) return false;
            foreach (var delete in Deletes) connection.Execute(delete, new { id = known.Id }, transaction);
            return true;
        });
        db.PurgeSoon();
        return erased;
    }

    public Task<IReadOnlyList<long>> FindOwnAsync(string ownTopic, int limit, CancellationToken cancellation) =>
        db.QueryAsync<long>(FindOwn, new { ownTopic, only = JsonSerializer.Serialize<string[]>([ownTopic]), limit }, cancellation);

    // The audit is kept, so it must not name the recipient. An operator who knows the sub finds the entry by its hash.
    private static AuditEntry Entry(string action, Actor by, string sub) => new(action, by, $"sha256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sub)))[..16]}");

    private sealed record Row(long Id, string? Preferences, long CreatedAt);

    private sealed record MarkRow(long Sequence, long? Seen, long? Read, long Archived, long? SnoozedUntil)
    {
        public MarkData ToData() => new(Sequence, Seen is { } seen ? seen != 0 : null, Read is { } read ? read != 0 : null, Archived != 0, UnixTime.Of(SnoozedUntil));
    }
}
