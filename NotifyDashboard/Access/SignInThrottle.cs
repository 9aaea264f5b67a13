using System.Net;

namespace NotifyDashboard.Access;

/// <summary>
/// Slows guessing: after five wrong passwords for a name from an address, that pair waits 30 seconds, then twice as long after each
/// further one, up to 15 minutes; after thirty for any names, the address does. Forgotten after an hour of quiet. In memory, at most
/// <see cref="Capacity"/> pairs and addresses: the quietest go first.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    public const int Free = 5;

    /// <summary>Wrong passwords of an address for any names before it waits. A household or an office has one address.</summary>
    public const int FreePerAddress = 30;

    /// <summary>And of one behind which a crowd seems to be (<see cref="UnknownProxy"/>).</summary>
    public const int FreePerCrowd = 300;

    public const int Capacity = 10_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string Address), Entry> _entries = [];

    /// <summary>
    /// Counts an attempt before it is looked at, so that a hundred at once do not count as one; <see cref="Succeeded"/> takes it back.
    /// False: the pair must <paramref name="wait"/>. True: it has so many attempts <paramref name="left"/> before it must.
    /// </summary>
    /// <param name="isCrowd">Whether many people seem to share the address.</param>
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

    /// <summary>The password was right: the pair starts anew. What the address tried for other names stays.</summary>
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
        // A tenth at a time, or a flood would sort the whole table again for every attempt.
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
        /// <summary>Who still waits must not be pushed out by a flood of made-up names.</summary>
        public DateTimeOffset Matters => Until > Last ? Until : Last;
    }
}
