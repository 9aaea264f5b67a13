using System.Collections.Concurrent;

namespace NotifyDashboard.Hub;

/// <summary>A log entry that was trimmed: by the retention, by its own time limit, or because a recipient was erased. Trimmed updates and retracts are included.</summary>
public readonly record struct TrimmedEntry(long Sequence, IReadOnlyList<string> Topics, bool Private = false)
{
    /// <summary>The keys that record this entry. Private entries have keys of their own, so that a gap reveals nothing to a subscriber that only guessed the topic.</summary>
    public IEnumerable<string> Notes => Private ? Topics.Select(TrimmedTopics.PrivateNote) : Topics;
}

/// <summary>The newest trimmed sequence for each topic: a subscriber that resumes from an older cursor missed something, others did not. Safe for concurrent use.</summary>
/// <param name="trimmed">By <see cref="TrimmedEntry.Notes"/>.</param>
public sealed class TrimmedTopics(IEnumerable<KeyValuePair<string, long>> trimmed)
{
    // No topic has a control character.
    private const char PrivateMark = '\u0001';

    private readonly ConcurrentDictionary<string, long> _newest = new(trimmed, StringComparer.Ordinal);

    internal static string PrivateNote(string topic) => PrivateMark + topic;

    internal void Add(TrimmedEntry trimmed)
    {
        foreach (var note in trimmed.Notes) _newest.AddOrUpdate(note, trimmed.Sequence, (_, known) => Math.Max(known, trimmed.Sequence));
    }

    public bool IsEmpty => _newest.IsEmpty;

    /// <summary>Whether an entry after this sequence was trimmed that the filter matches and may see.</summary>
    public bool HasAfter(long sequence, TopicFilter filter)
    {
        if (_newest.IsEmpty) return false;
        return filter.Topics.Any(topic => IsAfter(topic) || (filter.MaySeePrivate(topic) && IsAfter(PrivateNote(topic))))
            || (filter.Patterns.Count > 0 && _newest.Any(note => note.Value > sequence && Matches(note.Key)));

        bool IsAfter(string note) => _newest.TryGetValue(note, out var newest) && newest > sequence;

        bool Matches(string note) => note[0] == PrivateMark ? note[1..] is var topic && filter.MaySeePrivate(topic) && filter.MatchesTopic(topic) : filter.MatchesTopic(note);
    }
}
