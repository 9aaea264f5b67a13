using System.Collections.Concurrent;

namespace NotifyDashboard.Hub;

/// <summary>A log entry that was trimmed: by the retention, by its own time limit, or because a recipient was erased. Trimmed updates and retracts are included.</summary>
public readonly record struct TrimmedEntry(long Sequence, IReadOnlyList<string> Topics, bool Private = false)
{
    /// <summary>The keys that record this entry. Private entries have keys of their own, so that a gap reveals nothing to a subscriber that only guessed the topic.</summary>
    public IEnumerable<string> MarkerKeys => Private ? Topics.Select(TrimmedTopics.PrivateKey) : Topics;
}

/// <summary>The newest trimmed sequence for each topic: a subscriber that resumes from an older cursor missed something, others did not. Safe for concurrent use.</summary>
/// <param name="trimmed">By <see cref="TrimmedEntry.MarkerKeys"/>.</param>
public sealed class TrimmedTopics(IEnumerable<KeyValuePair<string, long>> trimmed)
{
    // No topic has a control character.
    private const char PrivatePrefix = '\u0001';

    private readonly ConcurrentDictionary<string, long> _newest = new(trimmed, StringComparer.Ordinal);

    internal static string PrivateKey(string topic) => PrivatePrefix + topic;

    internal void Add(TrimmedEntry trimmed)
    {
        foreach (var key in trimmed.MarkerKeys) _newest.AddOrUpdate(key, trimmed.Sequence, (_, newest) => Math.Max(newest, trimmed.Sequence));
    }

    public bool IsEmpty => _newest.IsEmpty;

    /// <summary>Whether an entry after this sequence was trimmed that the filter matches and may see.</summary>
    public bool HasAfter(long sequence, TopicFilter filter)
    {
        if (_newest.IsEmpty) return false;
        return filter.Topics.Any(topic => IsAfter(topic) || (filter.MaySeePrivate(topic) && IsAfter(PrivateKey(topic))))
            || (filter.Patterns.Count > 0 && _newest.Any(entry => entry.Value > sequence && Matches(entry.Key)));

        bool IsAfter(string key) => _newest.TryGetValue(key, out var newest) && newest > sequence;

        bool Matches(string key) => key[0] == PrivatePrefix ? key[1..] is var topic && filter.MaySeePrivate(topic) && filter.MatchesTopic(topic) : filter.MatchesTopic(key);
    }
}
