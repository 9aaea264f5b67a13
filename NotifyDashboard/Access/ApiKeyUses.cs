using System.Collections.Concurrent;
using System.Net;

namespace NotifyDashboard.Access;

/// <summary>
/// Records the last use of each API key, and once an hour per key name in the audit. Writes once a minute and at the stop, all keys in one
/// transaction, so that no request waits for a write. Holds at most one use per existing key.
/// </summary>
internal sealed class ApiKeyUses(IApiKeyStore store, TimeProvider time, ILogger<ApiKeyUses> log) : PeriodicWork(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, ApiKeyUse> _uses = new();

    public void Record(ApiKey key, IPAddress? address) => _uses[key.Id] = new(key, Time.GetUtcNow(), address);

    protected override Task WorkAsync(CancellationToken stopping) => FlushAsync();

    protected override Task FinishAsync() => FlushAsync();

    internal async Task FlushAsync()
    {
        var taken = new List<ApiKeyUse>();
        foreach (var id in _uses.Keys)
        {
            if (_uses.TryRemove(id, out var use)) taken.Add(use);
        }
        if (taken.Count == 0) return;
        try
        {
            await store.RecordUsesAsync(taken);
        }
        catch (Exception exception)
        {
            // A full disk must not end the loop, which would stop the host. A use that was recorded meanwhile is newer and stays.
            foreach (var use in taken) _uses.TryAdd(use.Key.Id, use);
            AccessLog.UsesNotWritten(log, exception);
        }
    }
}
