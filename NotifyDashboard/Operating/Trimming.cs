using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>Once a minute takes out of the log what is not to be kept any longer, in small steps: no publish waits for more than one.</summary>
internal sealed class Trimming(Retention retention, TimeProvider time, ILogger<Trimming> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    await retention.TrimAsync(stoppingToken);
                }
                catch (LogUnavailableException fault)
                {
                    OperatingLog.TrimFailed(log, fault);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop: what is due is trimmed at the next start.
        }
    }
}
