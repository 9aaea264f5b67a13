using System.Data.Common;
using System.Text.Json;
using Dapper;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>The row of a scheduled notification; its statements are the same in every dialect.</summary>
internal sealed record ScheduledRow(string Id, string Draft, long PublishAt, string CreatedBy, string? CreatedFrom, long CreatedAt, long? EndedAt, long? PublishedAs, long MayManage)
{
    private const string Columns =
        """
        id AS Id, draft AS Draft, publish_at AS PublishAt, created_by AS CreatedBy, created_from AS CreatedFrom, created_at AS CreatedAt, ended_at AS EndedAt, fired_as AS PublishedAs, may_manage AS MayManage
        """;

    public const string SelectWaiting = $"SELECT {Columns} FROM scheduled WHERE ended_at IS NULL ORDER BY publish_at, id";

    public const string SelectOne = $"SELECT {Columns} FROM scheduled WHERE id = @id";

    public const string SelectMissed = $"SELECT {Columns} FROM scheduled WHERE ended_at >= @since AND fired_as IS NULL ORDER BY ended_at DESC, id LIMIT @limit";

    public const string SelectNext = "SELECT min(publish_at) FROM scheduled WHERE ended_at IS NULL";

    public const string Move = "UPDATE scheduled SET publish_at = @at WHERE id = @id AND ended_at IS NULL";

    public const string Cancel = "DELETE FROM scheduled WHERE id = @id AND ended_at IS NULL";

    private const string SelectDue = $"SELECT {Columns} FROM scheduled WHERE ended_at IS NULL AND publish_at <= @at ORDER BY publish_at, id LIMIT @limit";

    private const string SelectByExternalId = $"SELECT {Columns} FROM scheduled WHERE external_id = @externalId ORDER BY created_at, id";

    private const string InsertOne =
        """
        INSERT INTO scheduled (id, draft, external_id, publish_at, created_by, created_from, created_at, may_manage)
        VALUES (@Id, @draft, @externalId, @publishAt, @by, @from, @createdAt, @mayManage)
        """;

    private const string SetEnded = "UPDATE scheduled SET ended_at = @at, external_id = NULL, draft = @draft WHERE id = @id";

    private const string SetFiredAs = "UPDATE scheduled SET fired_as = @sequence WHERE id = @id";

    private const string DeleteEnded = "DELETE FROM scheduled WHERE ended_at <= @at";

    public static void Insert(DbConnection connection, DbTransaction transaction, ScheduledNotification scheduled) => connection.Execute(InsertOne, new
    {
        scheduled.Id,
        by = scheduled.By.Name,
        from = scheduled.By.Address,
        draft = JsonSerializer.Serialize(scheduled.Draft),
        externalId = scheduled.Draft.ExternalId,
        publishAt = scheduled.PublishAt.ToUnixTimeMilliseconds(),
        createdAt = scheduled.CreatedAt.ToUnixTimeMilliseconds(),
        mayManage = scheduled.By.MayManage ? 1 : 0,
    }, transaction);

    public static IReadOnlyList<ScheduledNotification> ReadDue(DbConnection connection, DbTransaction transaction, DateTimeOffset now, int limit) =>
        [.. connection.Query<ScheduledRow>(SelectDue, new { at = now.ToUnixTimeMilliseconds(), limit }, transaction).Select(row => row.ToScheduled(null))];

    /// <summary>The first with that id within the publisher's topics.</summary>
    public static ScheduledNotification? FindByExternalId(DbConnection connection, DbTransaction transaction, string externalId, TopicFilter reach) =>
        connection.Query<ScheduledRow>(SelectByExternalId, new { externalId }, transaction).FirstOrDefault(row => row.IsWithin(reach))?.ToScheduled(null);

    /// <summary>Ends it and erases its content.</summary>
    public static void End(DbConnection connection, DbTransaction transaction, ScheduledNotification scheduled, DateTimeOffset now) => connection.Execute(SetEnded, new
    {
        id = scheduled.Id,
        at = now.ToUnixTimeMilliseconds(),
        draft = JsonSerializer.Serialize(new NotificationDraft { Topics = scheduled.Draft.Topics, Private = scheduled.Draft.Private }),
    }, transaction);

    public static void SetFired(DbConnection connection, DbTransaction transaction, string id, long sequence) => connection.Execute(SetFiredAs, new { id, sequence }, transaction);

    /// <summary>Deletes the rows that ended at that time or before.</summary>
    public static void Forget(DbConnection connection, DbTransaction transaction, DateTimeOffset ended) =>
        connection.Execute(DeleteEnded, new { at = ended.ToUnixTimeMilliseconds() }, transaction);

    /// <param name="at">The time that it is now planned for.</param>
    public static AuditEntry Audit(string action, Actor by, string id, DateTimeOffset? at = null) => new(action, by, id, at is { } planned ? $"for {TimeText.Of(planned)}" : null);

    // Parses only the audience: most rows may be outside the reader's topics.
    public bool IsWithin(TopicFilter allowed) => JsonSerializer.Deserialize<Audience>(Draft) is { } audience && allowed.Matches(new() { Topics = audience.Topics, Private = audience.Private });

    public ScheduledNotification ToScheduled(Epochs? epochs) => new(
        Id, JsonSerializer.Deserialize<NotificationDraft>(Draft)!, UnixTime.Of(PublishAt), new(CreatedBy, CreatedFrom) { MayManage = MayManage != 0 }, UnixTime.Of(CreatedAt), UnixTime.Of(EndedAt), PublishedAs is { } sequence ? epochs?.CursorOf(sequence) : null);

    private sealed record Audience(string[] Topics, bool Private);
}
