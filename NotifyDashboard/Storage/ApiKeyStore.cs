using System.Text.Json;
using Dapper;
using NotifyDashboard.Access;

namespace NotifyDashboard.Storage;

/// <summary>API keys in the database.</summary>
internal sealed class ApiKeyStore(Database db, TimeProvider time) : IApiKeyStore
{
    private const string ByHash = "SELECT id, name, actions, topics FROM api_keys WHERE hash = @hash AND revoked_at IS NULL";

    private const string SelectAll =
        """
        SELECT id, name, origin, actions, topics, created_by AS CreatedBy, created_at AS CreatedAt, last_used_at AS LastUsedAt, revoked_at AS RevokedAt
        FROM api_keys ORDER BY revoked_at IS NOT NULL, name, id
        """;

    internal const string Insert =
        """
        INSERT INTO api_keys (name, hash, origin, actions, topics, created_by, created_at)
        VALUES (@Name, @Hash, @Origin, @actions, @topics, @CreatedBy, @now)
        ON CONFLICT (hash) DO NOTHING
        """;

    private const string DeleteOtherBootstrap = "DELETE FROM api_keys WHERE origin = 'bootstrap' AND hash <> @Hash";

    private const string Revoke = "UPDATE api_keys SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL";

    private const string SelectLastUse = "SELECT at FROM audit WHERE actor = @Name AND action = @action ORDER BY id DESC LIMIT 1";

    private const string RecordUse = "UPDATE api_keys SET last_used_at = @at WHERE id = @id";

    public async Task<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellation) => (await db.FindAsync<Row>(ByHash, new { hash }, cancellation))?.ToKey();

    public async Task<IReadOnlyList<ApiKeySummary>> ListAsync(CancellationToken cancellation) =>
        [.. (await db.QueryAsync<SummaryRow>(SelectAll, null, cancellation)).Select(row => row.ToSummary())];

    public Task AddAsync(NewApiKey key, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
        connection.Execute(Insert, Parameters(key, time.GetUtcNow()), transaction) == 1 && AuditLog.Add(connection, transaction, audit, time) == 1);

    public Task<bool> ReplaceBootstrapAsync(NewApiKey key, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
    {
        var parameters = Parameters(key, time.GetUtcNow());
        connection.Execute(DeleteOtherBootstrap, parameters, transaction);
        return connection.Execute(Insert, parameters, transaction) == 1 && AuditLog.Add(connection, transaction, audit, time) == 1;
    });

    public Task<bool> RevokeAsync(long id, AuditEntry audit) => db.WriteAsync((connection, transaction) =>
        connection.Execute(Revoke, new { id, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction) == 1 && AuditLog.Add(connection, transaction, audit, time) == 1);

    public Task RecordUsesAsync(IReadOnlyCollection<ApiKeyUse> uses) => db.WriteAsync((connection, transaction) =>
    {
        foreach (var (key, at, address) in uses)
        {
            connection.Execute(RecordUse, new { id = key.Id, at = at.ToUnixTimeMilliseconds() }, transaction);
            if (connection.QuerySingleOrDefault<long?>(SelectLastUse, new { key.Name, action = AuditActions.KeyUsed }, transaction) is { } last && IsSameHour(UnixTime.Of(last), at)) continue;
            AuditLog.Add(connection, transaction, new(AuditActions.KeyUsed, new(key.Name, address?.ToString())), at);
        }
        return true;
    });

    internal static object Parameters(NewApiKey key, DateTimeOffset now) => new
    {
        key.Name,
        key.Hash,
        key.Origin,
        key.CreatedBy,
        actions = JsonSerializer.Serialize(key.Actions),
        topics = JsonSerializer.Serialize(key.TopicPatterns),
        now = now.ToUnixTimeMilliseconds(),
    };

    private static bool IsSameHour(DateTimeOffset one, DateTimeOffset other) => one.Ticks / TimeSpan.TicksPerHour == other.Ticks / TimeSpan.TicksPerHour;

    private static string[] List(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];

    private sealed record Row(long Id, string Name, string Actions, string Topics)
    {
        public ApiKey ToKey() => new(Id, Name, List(Actions), List(Topics));
    }

    private sealed record SummaryRow(long Id, string Name, string Origin, string Actions, string Topics, string? CreatedBy, long CreatedAt, long? LastUsedAt, long? RevokedAt)
    {
        public ApiKeySummary ToSummary() => new(Id, Name, Origin, List(Actions), List(Topics), CreatedBy, UnixTime.Of(CreatedAt), UnixTime.Of(LastUsedAt), UnixTime.Of(RevokedAt));
    }
}
