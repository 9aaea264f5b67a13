namespace NotifyDashboard.Hub;

/// <summary>Finds those who ask for all that begins with a text: one look for each length that there is. Not thread-safe.</summary>
internal sealed class BeginningIndex
{
    private readonly Dictionary<string, HashSet<Subscriber>> _subscribers = new(StringComparer.Ordinal);

    // How many beginnings have each length.
    private readonly SortedDictionary<int, int> _lengths = [];

    public int Count => _subscribers.Count;

    public void Add(string beginning, Subscriber subscriber)
    {
        if (!_subscribers.TryGetValue(beginning, out var known))
        {
            _subscribers[beginning] = known = [];
            _lengths[beginning.Length] = _lengths.GetValueOrDefault(beginning.Length) + 1;
        }
        known.Add(subscriber);
    }

    public void Remove(string beginning, Subscriber subscriber)
    {
        if (!_subscribers.TryGetValue(beginning, out var known) || !known.Remove(subscriber) || known.Count > 0) return;
        _subscribers.Remove(beginning);
        if (--_lengths[beginning.Length] == 0) _lengths.Remove(beginning.Length);
    }

    /// <returns>How many lengths were looked up.</returns>
    public int Find(ReadOnlySpan<char> text, List<HashSet<Subscriber>> found)
    {
        var lookup = _subscribers.GetAlternateLookup<ReadOnlySpan<char>>();
        var looks = 0;
        foreach (var (length, _) in _lengths)
        {
            if (length > text.Length) break;
            looks++;
            if (lookup.TryGetValue(text[..length], out var subscribers)) found.Add(subscribers);
        }
        return looks;
    }
}
