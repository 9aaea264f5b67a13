namespace NotifyDashboard.Hub;

/// <summary>Subscribers by topic prefix: one lookup for each distinct length of prefixes. Not thread-safe.</summary>
internal sealed class PrefixIndex
{
    private readonly Dictionary<string, HashSet<Subscriber>> _subscribers = new(StringComparer.Ordinal);

    // How many prefixes have each length.
    private readonly SortedDictionary<int, int> _lengths = [];

    public int Count => _subscribers.Count;

    public void Add(string prefix, Subscriber subscriber)
    {
        if (!_subscribers.TryGetValue(prefix, out var subscribers))
        {
            _subscribers[prefix] = subscribers = [];
            _lengths[prefix.Length] = _lengths.GetValueOrDefault(prefix.Length) + 1;
        }
        subscribers.Add(subscriber);
    }

    public void Remove(string prefix, Subscriber subscriber)
    {
        if (!_subscribers.TryGetValue(prefix, out var subscribers) || !subscribers.Remove(subscriber) || subscribers.Count > 0) return;
        _subscribers.Remove(prefix);
        if (--_lengths[prefix.Length] == 0) _lengths.Remove(prefix.Length);
    }

    /// <returns>The number of lookups.</returns>
    public int Find(ReadOnlySpan<char> text, List<HashSet<Subscriber>> found)
    {
        var lookup = _subscribers.GetAlternateLookup<ReadOnlySpan<char>>();
        var lookups = 0;
        foreach (var (length, _) in _lengths)
        {
            if (length > text.Length) break;
            lookups++;
            if (lookup.TryGetValue(text[..length], out var matches)) found.Add(matches);
        }
        return lookups;
    }
}
