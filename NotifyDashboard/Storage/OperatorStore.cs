using System.Data.Common;
using Dapper;
using NotifyDashboard.Access;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Storage;

/// <summary>Operators in the database.</summary>
internal sealed class OperatorStore(DbDataSource source, SqliteWriter writer, TimeProvider time) : IOperatorStore
{
    private const string Any = "SELECT EXISTS (SELECT 1 FROM operators)";

    private const string Select = "SELECT id, name, role, password_hash AS PasswordHash, stamp, disabled_at AS DisabledAt FROM operators";

    internal const string ByName = Select + " WHERE name_key = @key";

    private const string ById = Select + " WHERE id = @id";

    private const string SelectAll = "SELECT id, name, role, created_at AS CreatedAt, last_signed_in_at AS LastSignedInAt, disabled_at AS DisabledAt FROM operators ORDER BY name_key";

    private const string Columns = "INSERT INTO operators (name, name_key, role, password_hash, stamp, created_at) ";

    internal const string Insert = Columns + "VALUES (@Name, @Key, @Role, @PasswordHash, @Stamp, @now) ON CONFLICT (name_key) DO NOTHING";

    // The condition is part of the statement: of two set-ups at once, one finds the other's operator.
    private const string InsertFirst = Columns + "SELECT @Name, @Key, @Role, @PasswordHash, @Stamp, @now WHERE NOT EXISTS (SELECT 1 FROM operators)";

    private const string UpdateStamp = "UPDATE operators SET stamp = @stamp WHERE id = @id";

    // Part of the statements too: of two admins who disable each other at once, one is refused.
    private const string LeavesAnAdmin = "(role <> 'admin' OR EXISTS (SELECT 1 FROM operators AS other WHERE other.role = 'admin' AND other.disabled_at IS NULL AND other.id <> @id))";

    private const string UpdateRole = $"UPDATE operators SET role = @role, stamp = @stamp WHERE id = @id AND (@role = 'admin' OR disabled_at IS NOT NULL OR {LeavesAnAdmin})";

    private const string UpdateDisabled = $"UPDATE operators SET disabled_at = @now, stamp = @stamp WHERE id = @id AND disabled_at IS NULL AND {LeavesAnAdmin}";

    private const string UpdateEnabled = "UPDATE operators SET disabled_at = NULL WHERE id = @id AND disabled_at IS NOT NULL";

    internal const string UpdatePassword = "UPDATE operators SET password_hash = @passwordHash, stamp = @stamp WHERE id = @id";

    private const string UpdateSignedIn = "UPDATE operators SET last_signed_in_at = @now WHERE id = @id";

    public async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(Any, cancellationToken: cancellation));
    }

    public Task<Operator?> FindAsync(string name, CancellationToken cancellation) => ReadAsync(ByName, new { key = OperatorName.Key(name) }, cancellation);

    public Task<Operator?> FindAsync(long id, CancellationToken cancellation) => ReadAsync(ById, new { id }, cancellation);

    public async Task<IReadOnlyList<OperatorSummary>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<SummaryRow>(new CommandDefinition(SelectAll, cancellationToken: cancellation));
        return [.. rows.Select(r => new OperatorSummary(r.Id, r.Name, r.Role, UnixTime.Of(r.CreatedAt), UnixTime.Of(r.LastSignedInAt), UnixTime.Of(r.DisabledAt)))];
    }

    public Task<Operator?> AddFirstAsync(NewOperator first, NewApiKey key, AuditEntry audit) => writer.WriteAsync((connection, transaction) =>
    {
        if (connection.Execute(InsertFirst, Parameters(first, time), transaction) == 0) return null;
        connection.Execute(ApiKeyStore.Insert, ApiKeyStore.Parameters(key, time.GetUtcNow()), transaction);
        AuditLog.Add(connection, transaction, audit, time);
        return Read(connection, transaction, first.Name);
    });

    public Task<bool> AddAsync(NewOperator added, AuditEntry audit) => ChangeAsync(Insert, Parameters(added, time), audit);

    public Task ReplaceStampAsync(long id, string stamp, AuditEntry audit) => ChangeRightsAsync(UpdateStamp, id, new { id, stamp }, audit);

    public Task<bool> ChangeRoleAsync(long id, string role, string stamp, AuditEntry audit) => ChangeRightsAsync(UpdateRole, id, new { id, role, stamp }, audit);

    public Task<bool> DisableAsync(long id, string stamp, AuditEntry audit) => ChangeRightsAsync(UpdateDisabled, id, new { id, stamp, now = Now }, audit);

    public Task EnableAsync(long id, AuditEntry audit) => ChangeAsync(UpdateEnabled, new { id }, audit);

    public Task SetPasswordAsync(long id, string passwordHash, string stamp, AuditEntry audit) => ChangeRightsAsync(UpdatePassword, id, new { id, passwordHash, stamp }, audit);

    public Task NoteSignInAsync(long id, AuditEntry audit) => ChangeAsync(UpdateSignedIn, new { id, now = Now }, audit);

    internal static Operator Read(DbConnection connection, DbTransaction transaction, string name) =>
        connection.QuerySingle<OperatorRow>(ByName, new { key = OperatorName.Key(name) }, transaction).ToOperator();

    internal static object Parameters(NewOperator added, TimeProvider time) => new
    {
        added.Name,
        Key = OperatorName.Key(added.Name),
        added.Role,
        added.PasswordHash,
        added.Stamp,
        now = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<bool> ChangeAsync(string statement, object parameters, AuditEntry audit) => writer.WriteAsync((connection, transaction) =>
        connection.Execute(statement, parameters, transaction) == 1 && AuditLog.Add(connection, transaction, audit, time) == 1);

    // What they could do with a session that has ended now, they cannot do with a link that they made in it.
    private Task<bool> ChangeRightsAsync(string statement, long id, object parameters, AuditEntry audit) => writer.WriteAsync((connection, transaction) =>
    {
        if (connection.Execute(statement, parameters, transaction) != 1) return false;
        connection.Execute(OneTimeLinkStore.EndMadeBy, new { id, now = Now }, transaction);
        return AuditLog.Add(connection, transaction, audit, time) == 1;
    });

    private async Task<Operator?> ReadAsync(string statement, object parameters, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await connection.QuerySingleOrDefaultAsync<OperatorRow>(new CommandDefinition(statement, parameters, cancellationToken: cancellation)))?.ToOperator();
    }

    private sealed record SummaryRow(long Id, string Name, string Role, long CreatedAt, long? LastSignedInAt, long? DisabledAt);

    private sealed record OperatorRow(long Id, string Name, string Role, string PasswordHash, string Stamp, long? DisabledAt)
    {
        public Operator ToOperator() => new(Id, Name, Role, PasswordHash, Stamp, DisabledAt is not null);
    }
}
