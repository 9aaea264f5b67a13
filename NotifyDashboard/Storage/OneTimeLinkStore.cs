using System.Data.Common;
using Dapper;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>One-time links in the database.</summary>
internal sealed class OneTimeLinkStore(Database db, TimeProvider time) : IOneTimeLinkStore
{
    private const string ByHash =
        """
        SELECT l.id, l.purpose, l.role, l.operator_id AS OperatorId, o.name AS OperatorName, l.created_by AS CreatedBy, l.expires_at AS ExpiresAt, l.ended_at AS EndedAt
        FROM one_time_links AS l LEFT JOIN operators AS o ON o.id = l.operator_id
        WHERE l.purpose = @purpose AND l.hash = @hash
        """;

    private const string OpenInvitations =
        """
        SELECT l.id, l.purpose, l.role, l.operator_id AS OperatorId, o.name AS OperatorName, l.created_by AS CreatedBy, l.expires_at AS ExpiresAt, l.ended_at AS EndedAt
        FROM one_time_links AS l LEFT JOIN operators AS o ON o.id = l.operator_id
        WHERE l.purpose = 'invite' AND l.ended_at IS NULL AND l.expires_at > @now ORDER BY l.id DESC
        """;

    // A link is usable only while the administrator who made it still is one.
    private const string Usable =
        """
        SELECT l.id, l.purpose, l.role, l.operator_id AS OperatorId, o.name AS OperatorName, l.created_by AS CreatedBy, l.expires_at AS ExpiresAt, l.ended_at AS EndedAt
        FROM one_time_links AS l LEFT JOIN operators AS o ON o.id = l.operator_id
        WHERE l.purpose = @purpose AND l.hash = @hash AND l.ended_at IS NULL AND l.expires_at > @now
          AND (l.created_by = @commandLine OR EXISTS (SELECT 1 FROM operators AS maker WHERE maker.name = l.created_by AND maker.role = 'admin' AND maker.disabled_at IS NULL))
        """;

    private const string Insert =
        """
        INSERT INTO one_time_links (purpose, hash, role, operator_id, created_by, created_at, expires_at)
        VALUES (@Purpose, @Hash, @Role, @OperatorId, @CreatedBy, @now, @expires)
        """;

    private const string EndEarlierResets = "UPDATE one_time_links SET ended_at = @now WHERE operator_id = @OperatorId AND ended_at IS NULL";

    private const string End = "UPDATE one_time_links SET ended_at = @now WHERE id = @id AND ended_at IS NULL";

    internal const string EndMadeBy = "UPDATE one_time_links SET ended_at = @now WHERE created_by = (SELECT name FROM operators WHERE id = @id) AND ended_at IS NULL";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task AddAsync(NewOneTimeLink link, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
    {
        var expires = (time.GetUtcNow() + OneTimeLinkPurposes.Lifetime(link.Purpose)).ToUnixTimeMilliseconds();
        if (link.OperatorId is not null) connection.Execute(EndEarlierResets, new { link.OperatorId, now = Now }, transaction);
        connection.Execute(Insert, new { link.Purpose, link.Hash, link.Role, link.OperatorId, link.CreatedBy, now = Now, expires }, transaction);
        return AuditLog.Add(connection, transaction, audit, time);
    });

    public async Task<OneTimeLink?> FindAsync(string purpose, byte[] hash, CancellationToken cancellation) =>
        (await db.FindAsync<Row>(ByHash, new { purpose, hash }, cancellation))?.ToLink();

    public async Task<IReadOnlyList<OneTimeLink>> ListInvitationsAsync(CancellationToken cancellation) =>
        [.. (await db.QueryAsync<Row>(OpenInvitations, new { now = Now }, cancellation)).Select(row => row.ToLink())];

    public Task RevokeAsync(long id, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
        connection.Execute(End, new { id, now = Now }, transaction) == 1 && AuditLog.Add(connection, transaction, audit, time) == 1);

    public Task<JoinOutcome> JoinAsync(byte[] hash, string name, string passwordHash, string? address) => db.WriteAsync<JoinOutcome>((connection, transaction) =>
    {
        if (Use(connection, transaction, OneTimeLinkPurposes.Invite, hash) is not { Role: { } role } link) return default;
        // The link can still be used, with another name.
        if (connection.Execute(OperatorStore.Insert, OperatorStore.Parameters(new(name, role, passwordHash), time), transaction) == 0) return new(null, IsNameTaken: true);
        connection.Execute(End, new { id = link.Id, now = Now }, transaction);
        AuditLog.Add(connection, transaction, new(AuditActions.Joined, new(name, address), name, $"as {role}, invited by {link.CreatedBy}"), time);
        return new(OperatorStore.Read(connection, transaction, name), false);
    });

    public Task<Operator?> ResetAsync(byte[] hash, string passwordHash, string? address) => db.WriteAsync<Operator?>((connection, transaction) =>
    {
        if (Use(connection, transaction, OneTimeLinkPurposes.Reset, hash) is not { OperatorId: { } id, OperatorName: { } name } link) return null;
        connection.Execute(OperatorStore.UpdatePassword, new { id, passwordHash }, transaction);
        connection.Execute(End, new { id = link.Id, now = Now }, transaction);
        OperatorSessionStore.EndAll(connection, transaction, id, time);
        AuditLog.Add(connection, transaction, new(AuditActions.PasswordReset, new(name, address), name, $"by a link that {link.CreatedBy} made"), time);
        return OperatorStore.Read(connection, transaction, name);
    });

    // Writes run one after another: between this check and the end of the transaction nothing else can use the link.
    private Row? Use(DbConnection connection, DbTransaction transaction, string purpose, byte[] hash) =>
        connection.QuerySingleOrDefault<Row>(Usable, new { purpose, hash, now = Now, commandLine = Actor.CommandLine.Name }, transaction);

    private sealed record Row(long Id, string Purpose, string? Role, long? OperatorId, string? OperatorName, string CreatedBy, long ExpiresAt, long? EndedAt)
    {
        public OneTimeLink ToLink() => new(Id, Purpose, Role, OperatorId, OperatorName, CreatedBy, UnixTime.Of(ExpiresAt), EndedAt is not null);
    }
}
