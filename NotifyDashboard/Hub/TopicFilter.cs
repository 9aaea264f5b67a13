namespace NotifyDashboard.Hub;

/// <summary>The subscribed topics and patterns, and the private notifications that may be seen.</summary>
public sealed class TopicFilter
{
    private readonly HashSet<string>? _set;
    private readonly TopicFilter? _granted;

    /// <param name="topics">Exact topics.</param>
    /// <param name="patterns">Patterns in addition to the topics.</param>
    /// <param name="includePrivate">Whether all private notifications may be seen.</param>
    /// <param name="granted">Private notifications with one of these topics may be seen. Subscribing to a topic never grants access to its private notifications.</param>
    public TopicFilter(IEnumerable<string> topics, IEnumerable<TopicPattern>? patterns = null, bool includePrivate = false, TopicFilter? granted = null)
    {
        // Arrays, to save memory: there is one filter per stream.
        Topics = topics.Distinct(StringComparer.Ordinal).ToArray();
        Patterns = patterns?.ToArray() ?? [];
        IncludesPrivate = includePrivate;
        _granted = granted;
        if (Topics.Count > 4) _set = new HashSet<string>(Topics, StringComparer.Ordinal);
    }

    /// <summary>Every notification, private ones included: for operators.</summary>
    public static TopicFilter Everything { get; } = new([], [TopicPattern.Any], includePrivate: true);

    /// <summary>No notification.</summary>
    public static TopicFilter Nothing { get; } = new([]);

    public IReadOnlyList<string> Topics { get; }

    public IReadOnlyList<TopicPattern> Patterns { get; }

    public bool IncludesPrivate { get; }

    public bool Matches(NotificationDraft draft) => MaySee(draft) && MatchesAny(draft.Topics);

    /// <summary>Whether the draft is public, or private and granted. If a topic is known to match, no other check is needed.</summary>
    public bool MaySee(NotificationDraft draft) => !draft.Private || IncludesPrivate || (_granted is not null && _granted.MatchesAny(draft.Topics));

    /// <summary>Whether private notifications of this topic may be seen.</summary>
    public bool MaySeePrivate(string topic) => IncludesPrivate || (_granted is not null && _granted.MatchesTopic(topic));

    // Indexed loops: this runs for every notification and subscriber, and enumerating an interface allocates.
    private bool MatchesAny(IReadOnlyList<string> topics)
    {
        for (var i = 0; i < topics.Count; i++)
        {
            if (MatchesTopic(topics[i])) return true;
        }
        return false;
    }

    public bool MatchesTopic(string topic)
    {
        if (_set is not null)
        {
            if (_set.Contains(topic)) return true;
        }
        else
        {
            for (var i = 0; i < Topics.Count; i++)
            {
                if (string.Equals(Topics[i], topic, StringComparison.Ordinal)) return true;
            }
        }
        for (var i = 0; i < Patterns.Count; i++)
        {
            if (Patterns[i].Matches(topic)) return true;
        }
        return false;
    }
}
