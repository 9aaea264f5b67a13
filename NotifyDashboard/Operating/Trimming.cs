using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>Applies the <see cref="Retention"/> once a minute.</summary>
internal sealed class Trimming(Retention retention, TimeProvider time, ILogger<Trimming> log) : PeriodicWork(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await retention.TrimAsync(stopping);
        }
        catch (StoreUnavailableException exception)
        {
            OperatingLog.TrimFailed(log, exception);
        }
    }
}
