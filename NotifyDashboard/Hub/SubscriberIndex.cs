namespace NotifyDashboard.Hub;

/// <summary>Finds the subscribers of a notification without a scan of all subscribers. Only the dispatch loop uses it: no locks.</summary>
internal sealed class SubscriberIndex
{
    private readonly Dictionary<string, HashSet<Subscriber>> _byTopic = new(StringComparer.Ordinal);
    private readonly PatternIndex _patterns = new();
    private readonly List<HashSet<Subscriber>> _found = [];

    // Topics of authenticated streams, kept apart: a search by prefix would otherwise scan every topic that anonymous streams choose to name.
    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Add(Subscriber subscriber)
    {
        foreach (var topic in subscriber.Filter.Topics)
        {
            if (!_byTopic.TryGetValue(topic, out var subscribers)) _byTopic[topic] = subscribers = [];
            subscribers.Add(subscriber);
            if (subscriber.NamesTopics) _named[topic] = _named.GetValueOrDefault(topic) + 1;
        }
        foreach (var pattern in subscriber.Filter.Patterns) _patterns.Add(pattern, subscriber);
        Count++;
    }

    public void Remove(Subscriber subscriber)
    {
        foreach (var topic in subscriber.Filter.Topics)
        {
            if (_byTopic.TryGetValue(topic, out var subscribers) && subscribers.Remove(subscriber) && subscribers.Count == 0) _byTopic.Remove(topic);
            if (subscriber.NamesTopics && _named.GetValueOrDefault(topic) is > 0 and var count && (_named[topic] = count - 1) == 0) _named.Remove(topic);
        }
        foreach (var pattern in subscriber.Filter.Patterns) _patterns.Remove(pattern, subscriber);
        Count--;
    }

    /// <summary>Marks the frame as pending for every matching subscriber and returns their number.</summary>
    public int Offer(Frame frame)
    {
        var draft = frame.Notification.Draft;
        var sequence = frame.Sequence;
        var offered = 0;
        foreach (var subscribers in Find(draft))
        {
            foreach (var subscriber in subscribers)
            {
                if (subscriber.LastOffered == sequence || (draft.Private && !subscriber.Filter.MaySee(draft))) continue;
                subscriber.LastOffered = sequence;
                subscriber.Offer(sequence);
                offered++;
            }
        }
        return offered;
    }

    /// <summary>The current audience of such a notification.</summary>
    public Reach CountReached(NotificationDraft draft)
    {
        var (streams, unnamed, tabs, recipients) = (0, 0, 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var subscriber in Find(draft).SelectMany(subscribers => subscribers).Distinct().Where(s => s.Filter.MaySee(draft)))
        {
            streams++;
            tabs += Math.Max(1, subscriber.Presence?.Tabs.Count ?? 0);
            if (subscriber.Presence?.RecipientId is { } recipient) recipients.Add(recipient);
            else unnamed++;
        }
        return new(streams, recipients.Count, unnamed, tabs);
    }

    // The same list each time: nothing is allocated for a notification. One subscriber may be in several of the sets.
    private List<HashSet<Subscriber>> Find(NotificationDraft draft)
    {
        _found.Clear();
        for (var i = 0; i < draft.Topics.Count; i++)
        {
            if (_byTopic.TryGetValue(draft.Topics[i], out var subscribers)) _found.Add(subscribers);
            _patterns.Find(draft.Topics[i], _found);
        }
        return _found;
    }

    /// <summary>Topics with this prefix that authenticated streams subscribe to.</summary>
    public IReadOnlyList<string> Topics(string prefix, int limit) =>
        [.. _named.Keys.Where(t => t.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(limit)];
}
