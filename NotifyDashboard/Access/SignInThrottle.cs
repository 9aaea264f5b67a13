using System.Net;

namespace NotifyDashboard.Access;

/// <summary>
/// Slows guessing: after five wrong passwords for a name from an address, that pair waits 30 seconds, then twice as long after each
/// further one, up to 15 minutes. Forgotten after an hour of quiet. In memory, at most <see cref="Capacity"/> pairs: the quietest go first.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    public const int Free = 5;
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
    public bool TryBegin(string name, IPAddress? address, out TimeSpan wait, out int left)
    {
        var key = Key(name, address);
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var entry = _entries.GetValueOrDefault(key);
            if (now - entry.Last > Memory) entry = default;
            wait = entry.Until - now;
            left = 0;
            if (wait > TimeSpan.Zero) return false;
            if (_entries.Count >= Capacity && !_entries.ContainsKey(key)) MakeRoom(now);
            var count = entry.Count + 1;
            _entries[key] = new(count, now, count < Free ? default : now + WaitAfter(count));
            left = Math.Max(0, Free - count);
            wait = TimeSpan.Zero;
            return true;
        }
    }

    /// <summary>The password was right: the pair starts anew.</summary>
    public void Succeeded(string name, IPAddress? address)
    {
        lock (_gate) _entries.Remove(Key(name, address));
    }

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

    private static TimeSpan WaitAfter(int count)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(count - Free, 10));
        return doubled < LongestWait ? doubled : LongestWait;
    }

    private static (string, string) Key(string name, IPAddress? address) => (OperatorName.Key(name), AddressKey.Of(address));

    private readonly record struct Entry(int Count, DateTimeOffset Last, DateTimeOffset Until)
    {
        /// <summary>Who still waits must not be pushed out by a flood of made-up names.</summary>
        public DateTimeOffset Matters => Until > Last ? Until : Last;
    }
}
