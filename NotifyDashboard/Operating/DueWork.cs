using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>Publishes what is scheduled and ends what expires, within half a second of its time; at the start, what fell due while nobody ran.</summary>
internal sealed class DueWork(NotificationHub hub, TimeProvider time, ILogger<DueWork> log) : BackgroundService
{
    /// <summary>How often the clock is looked at; the store is asked only when something is due.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    await hub.RunDueAsync(stoppingToken);
                }
                catch (LogUnavailableException fault)
                {
                    OperatingLog.DueFailed(log, fault);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop: what is due then is done at the next start.
        }
    }
}
