using System.Data.Common;
using Dapper;
using NotifyDashboard.Access;

namespace NotifyDashboard.Storage;

/// <summary>The audit in the database.</summary>
internal sealed class AuditLog(Database db, TimeProvider time) : IAuditLog
{
    private const string Insert =
        """
        INSERT INTO audit (at, action, actor, target, detail, address)
        VALUES (@at, @Action, @Name, @Target, @Detail, @Address)
        """;

    // Lower case on both sides: LIKE itself ignores the case in some dialects only.
    private const string Select =
        """
        SELECT id, at, action, actor, target, detail, address FROM audit
        WHERE id < @before AND (@Action IS NULL OR action = @Action) AND at >= @from AND at < @to
          AND (@who IS NULL OR lower(actor) LIKE lower(@who) ESCAPE '\' OR lower(target) LIKE lower(@who) ESCAPE '\')
        ORDER BY id DESC LIMIT @Limit
        """;

    public Task AddAsync(AuditEntry entry) => db.WriteAsync((connection, transaction) => Add(connection, transaction, entry, time));

    /// <summary>Within the transaction of the change that it records.</summary>
    /// <exception cref="SessionEndedException">The session that the change was made in has ended; the transaction must not be committed.</exception>
    public static int Add(DbConnection connection, DbTransaction transaction, AuditEntry entry, TimeProvider time)
    {
        if (entry.Actor.Session is { } session && !OperatorSessionStore.Exists(connection, transaction, session)) throw new SessionEndedException();
        return Add(connection, transaction, entry, time.GetUtcNow());
    }

    /// <summary>Within the transaction of the change that it records. Does not check the session: an exception would roll back other changes of the same transaction.</summary>
    public static int Add(DbConnection connection, DbTransaction transaction, AuditEntry entry, DateTimeOffset at) =>
        connection.Execute(Insert, new { at = at.ToUnixTimeMilliseconds(), entry.Action, entry.Actor.Name, entry.Target, entry.Detail, entry.Actor.Address }, transaction);

    /// <summary>Adds an entry about a notification if the audit records each action of this actor (<see cref="Hub.Actor.Address"/>).</summary>
    public static void AddAct(DbConnection connection, DbTransaction transaction, AuditEntry entry, DateTimeOffset at)
    {
        if (entry.Actor.Address is not null) Add(connection, transaction, entry, at);
    }

    public async Task<IReadOnlyList<AuditRow>> ReadAsync(AuditQuery query, CancellationToken cancellation)
    {
        var rows = await db.QueryAsync<Row>(Select, new
        {
            query.Action,
            query.Limit,
            before = query.Before ?? long.MaxValue,
            from = query.From?.ToUnixTimeMilliseconds() ?? 0,
            to = query.To?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            who = query.Who is { Length: > 0 } who ? $"%{Escape(who)}%" : null,
        }, cancellation);
        return [.. rows.Select(r => new AuditRow(r.Id, DateTimeOffset.FromUnixTimeMilliseconds(r.At), new(r.Action, new(r.Actor, r.Address), r.Target, r.Detail)))];
    }

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private sealed record Row(long Id, long At, string Action, string Actor, string? Target, string? Detail, string? Address);
}
