namespace NotifyDashboard.Subscribing;

/// <summary>
/// Keeps the server listening for 200 to 300 ms after the signal to stop. Streams receive <c>hub.bye</c>; new requests, the readiness probe included, get 503.
/// Without it, a load balancer would see refused connections first.
/// </summary>
internal sealed class ConnectionDrain(StreamWriters writers, IHostApplicationLifetime lifetime, TimeProvider time) : IHostedLifecycleService
{
    // About as long as the earliest reconnect after hub.bye (250 ms): EventSource treats a 503 as final, but tries again after a refused connection.
    // The whole stop must fit into two seconds.
    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // The host was stopped without the stop signal (as in tests), so no stream has received hub.bye yet and no client is reconnecting: nothing to wait for.
        if (!lifetime.ApplicationStopping.IsCancellationRequested) return;
        await Task.Delay(MinDelay, time, cancellationToken);
        for (var waited = MinDelay; waited < MaxDelay && writers.Count > 0; waited += Step) await Task.Delay(Step, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
