using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NotifyDashboard.Storage;

/// <summary>Healthy when a write reaches the disk: a store that can be read may still be full, locked or gone.</summary>
internal sealed class StoreCheck(IStoreWriter writer, TimeProvider time) : IHealthCheck
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
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_lookedAt) >= Fresh)) (_look, _lookedAt) = (writer.ProbeAsync(), time.GetTimestamp());
            look = _look;
        }
        await look.WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
