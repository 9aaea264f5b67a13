using System.Collections.Concurrent;

namespace NotifyDashboard.Access;

/// <summary>
/// Writes when keys were last used: once a minute and at the stop, all keys in one write, so that no request waits for it. Holds one
/// time per key that exists.
/// </summary>
internal sealed class ApiKeyUses(IApiKeyStore store, TimeProvider time, ILogger<ApiKeyUses> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _uses = new();

    public void Note(long id) => _uses[id] = time.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await FlushAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop: StopAsync writes what is left.
        }
    }

    internal async Task FlushAsync()
    {
        var taken = new List<ApiKeyUse>();
        foreach (var id in _uses.Keys)
        {
            if (_uses.TryRemove(id, out var at)) taken.Add(new(id, at));
        }
        if (taken.Count == 0) return;
        try
        {
            await store.NoteUsesAsync(taken);
        }
        catch (Exception fault)
        {
            // A full disk must not end the loop, and with it the host. What was noted meanwhile is newer and stays.
            foreach (var use in taken) _uses.TryAdd(use.Id, use.At);
            AccessLog.UsesNotWritten(log, fault);
        }
    }
}
