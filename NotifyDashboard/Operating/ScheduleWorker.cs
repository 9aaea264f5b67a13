using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>Publishes what is scheduled and ends what expires, within half a second of its time; at the start, what fell due while nobody ran.</summary>
internal sealed class ScheduleWorker(NotificationHub hub, TimeProvider time, ILogger<ScheduleWorker> log) : PeriodicWork(Interval, time)
{
    /// <summary>How often the clock is looked at; the store is asked only when something is due.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await hub.ProcessDueAsync(stopping);
        }
        catch (StoreUnavailableException fault)
        {
            // What is due then is done at the next round, or the next start.
            OperatingLog.DueFailed(log, fault);
        }
    }
}
