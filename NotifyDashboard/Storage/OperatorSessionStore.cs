using System.Data.Common;
using Dapper;
using NotifyDashboard.Access;

namespace NotifyDashboard.Storage;

/// <summary>The sessions of operators in the database.</summary>
internal sealed class OperatorSessionStore(Database db, TimeProvider time) : IOperatorSessionStore
{
    /// <summary>Bounds a script that signs in repeatedly and never signs out.</summary>
    public const int MaxPerOperator = 100;

    private const string ById =
        """
        SELECT id, operator_id AS OperatorId, seen_at AS SeenAt, address, user_agent AS UserAgent
        FROM operator_sessions WHERE id = @id
        """;

    private const string OfOperator =
        """
        SELECT id, operator_id AS OperatorId, seen_at AS SeenAt, address, user_agent AS UserAgent
        FROM operator_sessions WHERE operator_id = @operatorId ORDER BY seen_at DESC, id
        """;

    private const string HasOne = "SELECT EXISTS (SELECT 1 FROM operator_sessions WHERE id = @id)";

    // The conditions repeat the check of the password and the role: where one of them changed since the caller verified it, the sign-in fails.
    private const string RecordSignIn =
        """
        UPDATE operators SET last_signed_in_at = @now
        WHERE id = @Id AND role = @Role AND password_hash = @PasswordHash AND disabled_at IS NULL
        """;

    private const string DeleteOld =
        """
        DELETE FROM operator_sessions
        WHERE id = @previous OR seen_at < @oldest OR id IN (
          SELECT id FROM (SELECT id, row_number() OVER (ORDER BY seen_at DESC, id) AS place FROM operator_sessions WHERE operator_id = @OperatorId) AS own
          WHERE place > @most)
        """;

    private const string Insert =
        """
        INSERT INTO operator_sessions (id, operator_id, created_at, seen_at, address, user_agent)
        VALUES (@Id, @OperatorId, @now, @now, @Address, @UserAgent)
        """;

    private const string UpdateSeen = "UPDATE operator_sessions SET seen_at = @now, address = coalesce(@address, address) WHERE id = @id";

    private const string DeleteOne = "DELETE FROM operator_sessions WHERE id = @id AND operator_id = @operatorId";

    private const string DeleteAll = "DELETE FROM operator_sessions WHERE operator_id = @operatorId";

    public Task<bool> AddAsync(OperatorSession session, Operator signedIn, string? previous, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
    {
        var (now, oldest) = (session.SeenAt.ToUnixTimeMilliseconds(), (session.SeenAt - OperatorCookie.Lifetime).ToUnixTimeMilliseconds());
        if (connection.Execute(RecordSignIn, new { signedIn.Id, signedIn.Role, signedIn.PasswordHash, now }, transaction) != 1) return false;
        connection.Execute(DeleteOld, new { previous, oldest, session.OperatorId, most = MaxPerOperator - 1 }, transaction);
        connection.Execute(Insert, new { session.Id, session.OperatorId, session.Address, session.UserAgent, now }, transaction);
        return AuditLog.Add(connection, transaction, audit, time) == 1;
    });

    public async Task<OperatorSession?> FindAsync(string id, CancellationToken cancellation) => (await db.FindAsync<Row>(ById, new { id }, cancellation))?.ToSession();

    public async Task<IReadOnlyList<OperatorSession>> ListAsync(long operatorId, CancellationToken cancellation) =>
        [.. (await db.QueryAsync<Row>(OfOperator, new { operatorId }, cancellation)).Select(row => row.ToSession())];

    public Task RecordUseAsync(string id, string? address) => db.WriteAsync((connection, transaction) => connection.Execute(UpdateSeen, new { id, address, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction));

    public Task<bool> EndAsync(string id, long operatorId, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
        connection.Execute(DeleteOne, new { id, operatorId }, transaction) == 1 && AuditLog.Add(connection, transaction, audit, time) == 1);

    public Task EndAllAsync(long operatorId, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
    {
        // Before the sessions end: the actor's own may be among them, and an entry of an ended session is refused.
        AuditLog.Add(connection, transaction, audit, time);
        EndAll(connection, transaction, operatorId, time);
        return true;
    });

    public static bool Exists(DbConnection connection, DbTransaction transaction, string id) =>
        connection.ExecuteScalar<bool>(HasOne, new { id }, transaction);

    /// <summary>Ends all sessions of an operator, and the links that they made: a link must not outlive the right to make it. Within the transaction that ends the operator's rights.</summary>
    public static void EndAll(DbConnection connection, DbTransaction transaction, long operatorId, TimeProvider time)
    {
        connection.Execute(DeleteAll, new { operatorId }, transaction);
        connection.Execute(OneTimeLinkStore.EndMadeBy, new { id = operatorId, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
    }

    private sealed record Row(string Id, long OperatorId, long SeenAt, string? Address, string? UserAgent)
    {
        public OperatorSession ToSession() => new(Id, OperatorId, UnixTime.Of(SeenAt), Address, UserAgent);
    }
}
