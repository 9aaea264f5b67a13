namespace NotifyDashboard.Hub;

/// <summary>Which notifications somebody asks for and may see: any of some exact topics or patterns.</summary>
public sealed class TopicFilter
{
    private readonly HashSet<string>? _set;

    /// <param name="topics">Exact topics.</param>
    /// <param name="patterns">Patterns beside them.</param>
    /// <param name="includePrivate">Whether private notifications may be seen too.</param>
    public TopicFilter(IEnumerable<string> topics, IEnumerable<TopicPattern>? patterns = null, bool includePrivate = false)
    {
        // Bare arrays: a hub holds one filter for every stream.
        Topics = topics.Distinct(StringComparer.Ordinal).ToArray();
        Patterns = patterns?.ToArray() ?? [];
        IncludesPrivate = includePrivate;
        if (Topics.Count > 4) _set = new HashSet<string>(Topics, StringComparer.Ordinal);
    }

    /// <summary>Every notification, private ones included: for operators.</summary>
    public static TopicFilter Everything { get; } = new([], [TopicPattern.Any], includePrivate: true);

    public IReadOnlyList<string> Topics { get; }

    public IReadOnlyList<TopicPattern> Patterns { get; }

    public bool IncludesPrivate { get; }

    public bool Matches(NotificationDraft draft)
    {
        if (draft.Private && !IncludesPrivate) return false;
        // Indexed loops: this runs for every notification and subscriber, and an enumerator of an interface is an allocation.
        for (var i = 0; i < draft.Topics.Count; i++)
        {
            if (MatchesTopic(draft.Topics[i])) return true;
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
