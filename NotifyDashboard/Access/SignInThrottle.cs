using System.Net;

namespace NotifyDashboard.Access;

/// <summary>
/// Slows down password guessing. After five wrong passwords for a name from an address, that pair must wait 30 seconds, and twice as long after
/// each further one, up to 15 minutes. After thirty wrong passwords for any names, the whole address must wait. Entries expire after an hour
/// without attempts. They are in memory, about <see cref="Capacity"/> pairs and addresses; the least relevant are evicted first.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    public const int Free = 5;

    /// <summary>Wrong passwords of an address for any names before the address must wait. A household or an office shares one address.</summary>
    public const int FreePerAddress = 30;

    /// <summary>The same for an address that many users seem to share (<see cref="UnknownProxy"/>).</summary>
    public const int FreePerCrowd = 300;

    public const int Capacity = 10_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string Address), Entry> _entries = [];

    /// <summary>
    /// Counts an attempt before the password is checked, so that a hundred concurrent attempts count as a hundred. <see cref="Succeeded"/> undoes the count.
    /// </summary>
    /// <param name="isCrowd">Whether many users seem to share the address.</param>
    /// <param name="wait">How long the caller must wait, when the result is false.</param>
    /// <param name="left">The attempts of the pair that are left before it must wait, when the result is true.</param>
    /// <returns>Whether the password may be checked now.</returns>
    public bool TryBegin(string name, IPAddress? address, bool isCrowd, out TimeSpan wait, out int left)
    {
        var (pair, all) = (Key(name, address), Key("", address));
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var (ofPair, ofAll) = (Find(pair, now), Find(all, now));
            wait = (ofPair.Until > ofAll.Until ? ofPair.Until : ofAll.Until) - now;
            left = 0;
            if (wait > TimeSpan.Zero) return false;
            if (_entries.Count >= Capacity && !_entries.ContainsKey(pair)) MakeRoom(now);
            Count(pair, ofPair, Free, now);
            Count(all, ofAll, isCrowd ? FreePerCrowd : FreePerAddress, now);
            left = Math.Max(0, Free - ofPair.Count - 1);
            wait = TimeSpan.Zero;
            return true;
        }
    }

    /// <summary>The password was right: resets the pair and the address's wait. Wrong passwords of the address for other names stay counted.</summary>
    public void Succeeded(string name, IPAddress? address)
    {
        lock (_gate)
        {
            _entries.Remove(Key(name, address));
            if (_entries.Remove(Key("", address), out var all) && all.Count > 1) _entries[Key("", address)] = all with { Count = all.Count - 1, Until = default };
        }
    }

    private Entry Find((string, string) key, DateTimeOffset now) => _entries.GetValueOrDefault(key) is var entry && now - entry.Last > Memory ? default : entry;

    private void Count((string, string) key, Entry before, int free, DateTimeOffset now) =>
        _entries[key] = new(before.Count + 1, now, before.Count + 1 < free ? default : now + WaitAfter(before.Count + 1 - free));

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (key, entry) in _entries)
        {
            if (now - entry.Last > Memory) _entries.Remove(key);
        }
        // Evicts a tenth at a time; otherwise a flood would sort the whole table at every attempt.
        if (_entries.Count < Capacity) return;
        foreach (var (key, _) in _entries.OrderBy(pair => pair.Value.Matters).Take(Capacity / 10).ToList()) _entries.Remove(key);
    }

    private static TimeSpan WaitAfter(int further)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(further, 10));
        return doubled < LongestWait ? doubled : LongestWait;
    }

    private static (string, string) Key(string name, IPAddress? address) => (OperatorName.Key(name), AddressKey.Of(address));

    private readonly record struct Entry(int Count, DateTimeOffset Last, DateTimeOffset Until)
    {
        /// <summary>The sort key for eviction. An entry that must still wait ranks by the end of its wait, so that a flood of invented names does not evict it.</summary>
        public DateTimeOffset Matters => Until > Last ? Until : Last;
    }
}
