namespace NotifyDashboard;

/// <summary>Runs work at the start and then at an interval, never concurrently, until the host stops.</summary>
internal abstract class PeriodicWork(TimeSpan interval, TimeProvider time) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    /// <summary>One run. An exception that leaves it ends the loop and stops the host.</summary>
    protected abstract Task WorkAsync(CancellationToken stopping);

    /// <summary>Runs once after the last run, when the host stops.</summary>
    protected virtual Task FinishAsync() => Task.CompletedTask;

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
            // Normal: the host is stopping.
        }
        finally
        {
            // Not in StopAsync: a host may be stopped twice at once, by a signal and by its owner.
            await FinishAsync();
        }
    }
}
