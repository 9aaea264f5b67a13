using System.Data.Common;
using Dapper;
using NotifyDashboard.Access;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Storage;

/// <summary>Operators in the database.</summary>
internal sealed class OperatorStore(DbDataSource source, SqliteWriter writer, TimeProvider time) : IOperatorStore
{
    private const string Any = "SELECT EXISTS (SELECT 1 FROM operators)";

    private const string Select = "SELECT id, name, role, password_hash AS PasswordHash, stamp FROM operators";

    private const string ByName = Select + " WHERE name_key = @key";

    private const string ById = Select + " WHERE id = @id";

    private const string Columns = "INSERT INTO operators (name, name_key, role, password_hash, stamp, created_at) ";

    private const string Insert = Columns + "VALUES (@Name, @Key, @Role, @PasswordHash, @Stamp, @now) ON CONFLICT (name_key) DO NOTHING";

    // The condition is part of the statement: of two set-ups at once, one finds the other's operator.
    private const string InsertFirst = Columns + "SELECT @Name, @Key, @Role, @PasswordHash, @Stamp, @now WHERE NOT EXISTS (SELECT 1 FROM operators)";

    private const string UpdateStamp = "UPDATE operators SET stamp = @stamp WHERE id = @id";

    public async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(Any, cancellationToken: cancellation));
    }

    public Task<Operator?> FindAsync(string name, CancellationToken cancellation) => ReadAsync(ByName, new { key = OperatorName.Key(name) }, cancellation);

    public Task<Operator?> FindAsync(long id, CancellationToken cancellation) => ReadAsync(ById, new { id }, cancellation);

    public Task<Operator?> AddFirstAsync(NewOperator first, NewApiKey key) => writer.WriteAsync((connection, transaction) =>
    {
        if (connection.Execute(InsertFirst, Parameters(first), transaction) == 0) return null;
        connection.Execute(ApiKeyStore.Insert, ApiKeyStore.Parameters(key, time.GetUtcNow()), transaction);
        return connection.QuerySingleOrDefault<Operator>(ByName, new { key = OperatorName.Key(first.Name) }, transaction);
    });

    public Task<bool> AddAsync(NewOperator added) =>
        writer.WriteAsync((connection, transaction) => connection.Execute(Insert, Parameters(added), transaction) == 1);

    public Task ReplaceStampAsync(long id, string stamp) =>
        writer.WriteAsync((connection, transaction) => connection.Execute(UpdateStamp, new { id, stamp }, transaction));

    private async Task<Operator?> ReadAsync(string statement, object parameters, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Operator>(new CommandDefinition(statement, parameters, cancellationToken: cancellation));
    }

    private object Parameters(NewOperator added) => new
    {
        added.Name,
        Key = OperatorName.Key(added.Name),
        added.Role,
        added.PasswordHash,
        added.Stamp,
        now = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
