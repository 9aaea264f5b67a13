namespace NotifyDashboard.Subscribing;

/// <summary>
/// Between the word to stop and the end of listening: streams get their goodbye, and whoever asks meanwhile, readiness too, is told 503
/// rather than nothing. Otherwise the server stops listening at once, and a load balancer learns of it by a refused connection.
/// </summary>
internal sealed class ConnectionDrain(StreamWriters writers, IHostApplicationLifetime lifetime, TimeProvider time) : IHostedLifecycleService
{
    // About as long as the soonest return of a stream (250 ms): to a browser's EventSource a 503 is final, a refused connection is not.
    // And all of the stop has two seconds.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Stopped by its own host and not by a signal, as in tests: nobody has been told yet, and nobody asks.
        if (!lifetime.ApplicationStopping.IsCancellationRequested) return;
        await Task.Delay(Least, time, cancellationToken);
        for (var waited = Least; waited < Most && writers.Count > 0; waited += Step) await Task.Delay(Step, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
