using System.Data.Common;
using Dapper;
using NotifyDashboard.Access;

namespace NotifyDashboard.Storage;

/// <summary>Operators in the database.</summary>
internal sealed class OperatorStore(Database db, TimeProvider time) : IOperatorStore
{
    private const string Any = "SELECT EXISTS (SELECT 1 FROM operators)";

    internal const string ByName = "SELECT id, name, role, password_hash AS PasswordHash, disabled_at AS DisabledAt FROM operators WHERE name_key = @key";

    private const string SelectAll =
        """
        SELECT id, name, role, created_at AS CreatedAt, last_signed_in_at AS LastSignedInAt, disabled_at AS DisabledAt
        FROM operators ORDER BY name_key
        """;

    internal const string Insert =
        """
        INSERT INTO operators (name, name_key, role, password_hash, created_at)
        VALUES (@Name, @Key, @Role, @PasswordHash, @now)
        ON CONFLICT (name_key) DO NOTHING
        """;

    // The condition is part of the statement: of two concurrent set-ups only one adds its operator.
    private const string InsertFirst =
        """
        INSERT INTO operators (name, name_key, role, password_hash, created_at)
        SELECT @Name, @Key, @Role, @PasswordHash, @now WHERE NOT EXISTS (SELECT 1 FROM operators)
        """;

    // Checks in the statement that an enabled administrator remains: of two who take each other's rights at the same moment, one is refused.
    private const string UpdateRole =
        """
        UPDATE operators SET role = @role
        WHERE id = @id AND (@role = 'admin' OR disabled_at IS NOT NULL OR role <> 'admin'
          OR EXISTS (SELECT 1 FROM operators AS other WHERE other.role = 'admin' AND other.disabled_at IS NULL AND other.id <> @id))
        """;

    // Checks the same.
    private const string UpdateDisabled =
        """
        UPDATE operators SET disabled_at = @now
        WHERE id = @id AND disabled_at IS NULL AND (role <> 'admin'
          OR EXISTS (SELECT 1 FROM operators AS other WHERE other.role = 'admin' AND other.disabled_at IS NULL AND other.id <> @id))
        """;

    private const string UpdateEnabled = "UPDATE operators SET disabled_at = NULL WHERE id = @id AND disabled_at IS NOT NULL";

    internal const string UpdatePassword = "UPDATE operators SET password_hash = @passwordHash WHERE id = @id";

    // Repeats the check of the password: where another change or a reset link replaced it since the caller verified it, this change fails.
    private const string ChangePassword = "UPDATE operators SET password_hash = @passwordHash WHERE id = @id AND password_hash = @old AND disabled_at IS NULL";

    public Task<bool> AnyAsync(CancellationToken cancellation) => db.FindAsync<bool>(Any, null, cancellation);

    public async Task<Operator?> FindAsync(string name, CancellationToken cancellation) =>
        (await db.FindAsync<OperatorRow>(ByName, new { key = OperatorName.Key(name) }, cancellation))?.ToOperator();

    public async Task<IReadOnlyList<OperatorSummary>> ListAsync(CancellationToken cancellation) =>
        [.. (await db.QueryAsync<SummaryRow>(SelectAll, null, cancellation)).Select(row => row.ToSummary())];

    public Task<Operator?> AddFirstAsync(NewOperator first, NewApiKey key, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
    {
        if (connection.Execute(InsertFirst, Parameters(first, time), transaction) == 0) return null;
        connection.Execute(ApiKeyStore.Insert, ApiKeyStore.Parameters(key, time.GetUtcNow()), transaction);
        AuditLog.Add(connection, transaction, audit, time);
        return Read(connection, transaction, first.Name);
    });

    public Task<bool> AddAsync(NewOperator added, AuditEntry audit) => ChangeAsync(Insert, Parameters(added, time), audit);

    public Task<bool> ChangeRoleAsync(long id, string role, AuditEntry audit) => ChangeRightsAsync(UpdateRole, id, new { id, role }, audit);

    public Task<bool> DisableAsync(long id, AuditEntry audit) => ChangeRightsAsync(UpdateDisabled, id, new { id, now = Now }, audit);

    public Task EnableAsync(long id, AuditEntry audit) => ChangeAsync(UpdateEnabled, new { id }, audit);

    public Task<bool> ChangePasswordAsync(long id, string old, string passwordHash, AuditEntry audit) => ChangeRightsAsync(ChangePassword, id, new { id, old, passwordHash }, audit);

    internal static Operator Read(DbConnection connection, DbTransaction transaction, string name) =>
        connection.QuerySingle<OperatorRow>(ByName, new { key = OperatorName.Key(name) }, transaction).ToOperator();

    internal static object Parameters(NewOperator added, TimeProvider time) => new
    {
        added.Name,
        Key = OperatorName.Key(added.Name),
        added.Role,
        added.PasswordHash,
        now = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<bool> ChangeAsync(string statement, object parameters, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
        connection.Execute(statement, parameters, transaction) == 1 && AuditLog.Add(connection, transaction, audit, time) == 1);

    private Task<bool> ChangeRightsAsync(string statement, long id, object parameters, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
    {
        if (connection.Execute(statement, parameters, transaction) != 1) return false;
        // Before the sessions end: the actor's own may be among them, and an entry of an ended session is refused.
        AuditLog.Add(connection, transaction, audit, time);
        OperatorSessionStore.EndAll(connection, transaction, id, time);
        return true;
    });

    private sealed record SummaryRow(long Id, string Name, string Role, long CreatedAt, long? LastSignedInAt, long? DisabledAt)
    {
        public OperatorSummary ToSummary() => new(Id, Name, Role, UnixTime.Of(CreatedAt), UnixTime.Of(LastSignedInAt), UnixTime.Of(DisabledAt));
    }

    private sealed record OperatorRow(long Id, string Name, string Role, string PasswordHash, long? DisabledAt)
    {
        public Operator ToOperator() => new(Id, Name, Role, PasswordHash, DisabledAt is not null);
    }
}
