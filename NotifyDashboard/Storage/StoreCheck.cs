using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NotifyDashboard.Storage;

/// <summary>Healthy when a write reaches the disk: a store that can be read may still be full, locked or deleted.</summary>
internal sealed class StoreCheck(IStoreWriter writer, TimeProvider time) : IHealthCheck
{
    /// <summary>A store that is busy for longer counts as unhealthy.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    // How long a result is reused: anyone may call the health check, and each probe waits for the disk as a publish does.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task? _probe;
    private long _probedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Task probe;
        lock (_gate)
        {
            if (_probe is null || (_probe.IsCompleted && time.GetElapsedTime(_probedAt) >= Fresh)) (_probe, _probedAt) = (writer.ProbeAsync(), time.GetTimestamp());
            probe = _probe;
        }
        await probe.WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
