using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>Publishes scheduled notifications and ends expired ones within half a second of their time; at the start, those that became due while the hub was not running.</summary>
internal sealed class ScheduleWorker(NotificationHub hub, TimeProvider time, ILogger<ScheduleWorker> log) : PeriodicWork(Interval, time)
{
    /// <summary>How often the clock is checked; the store is read only when something is due.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await hub.ProcessDueAsync(stopping);
        }
        catch (StoreUnavailableException exception)
        {
            // The next run, or the next start, tries again.
            OperatingLog.DueFailed(log, exception);
        }
    }
}
