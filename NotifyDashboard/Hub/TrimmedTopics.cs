using System.Collections.Concurrent;

namespace NotifyDashboard.Hub;

/// <summary>An entry that was taken out of the log because its time was over.</summary>
public readonly record struct TrimmedEntry(long Sequence, IReadOnlyList<string> Topics);

/// <summary>Per topic the newest that was trimmed: whoever comes back from before it misses something, and nobody else. Safe for any thread.</summary>
public sealed class TrimmedTopics(IEnumerable<KeyValuePair<string, long>> trimmed)
{
    private readonly ConcurrentDictionary<string, long> _newest = new(trimmed, StringComparer.Ordinal);

    internal void Add(TrimmedEntry trimmed)
    {
        foreach (var topic in trimmed.Topics) _newest.AddOrUpdate(topic, trimmed.Sequence, (_, known) => Math.Max(known, trimmed.Sequence));
    }

    /// <summary>Whether anything after this sequence was trimmed from what the filter asks for.</summary>
    public bool HasAfter(long sequence, TopicFilter filter)
    {
        if (_newest.IsEmpty) return false;
        return filter.Topics.Any(topic => _newest.TryGetValue(topic, out var newest) && newest > sequence)
            || (filter.Patterns.Count > 0 && _newest.Any(t => t.Value > sequence && filter.MatchesTopic(t.Key)));
    }
}
