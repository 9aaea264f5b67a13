using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Storage;

/// <summary>Healthy when a write reaches the disk: a store that can be read may still be full, locked or gone.</summary>
internal sealed class StoreCheck(SqliteWriter writer, TimeProvider time) : IHealthCheck
{
    /// <summary>A store that is busy for longer is no place to send traffic to.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Anyone may ask, and each look waits for the disk as a publish does.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task? _look;
    private long _lookedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Task look;
        lock (_gate)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_lookedAt) >= Fresh)) (_look, _lookedAt) = (LookAsync(), time.GetTimestamp());
            look = _look;
        }
        await look.WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }

    // The same number again: SQLite writes it whether or not it differs.
    private Task<int> LookAsync() => writer.WriteAsync((connection, transaction) =>
        connection.Execute($"PRAGMA user_version={connection.ExecuteScalar<long>("PRAGMA user_version", transaction: transaction)}", transaction: transaction));
}
