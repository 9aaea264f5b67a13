namespace NotifyDashboard;

/// <summary>Works at the start and then at an interval, never twice at once, until the stop.</summary>
internal abstract class PeriodicWork(TimeSpan interval, TimeProvider time) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    /// <summary>One round. A fault that it lets through ends the loop, and the host with it.</summary>
    protected abstract Task WorkAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, Time);
        try
        {
            do await WorkAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop.
        }
    }
}
