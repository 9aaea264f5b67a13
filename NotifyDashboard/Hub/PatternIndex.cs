namespace NotifyDashboard.Hub;

/// <summary>
/// A trie of topic patterns by segment. The cost of a lookup depends on the topic's segments, not on the number of patterns; only patterns with more than
/// <see cref="MaxDepth"/> segments are compared one by one. Not thread-safe.
/// </summary>
internal sealed class PatternIndex
{
    // A topic that is a URL has about seven. Without a bound, the patterns of one stream could create thousands of nodes.
    internal const int MaxDepth = 10;

    private readonly Node _root = new();

    /// <summary>Nodes, prefixes and patterns visited so far; for tests.</summary>
    internal long Comparisons { get; private set; }

    /// <summary>For tests.</summary>
    internal bool IsEmpty => _root.IsEmpty;

    public void Add(TopicPattern pattern, Subscriber subscriber) => Add(_root, pattern, Segments(pattern), 0, subscriber);

    public void Remove(TopicPattern pattern, Subscriber subscriber) => Remove(_root, pattern, Segments(pattern), 0, subscriber);

    /// <summary>Adds the sets of the subscribers that match the topic; a subscriber may be in several sets.</summary>
    public void Find(string topic, List<HashSet<Subscriber>> found) => Find(_root, topic, topic, found);

    private void Find(Node node, string topic, ReadOnlySpan<char> rest, List<HashSet<Subscriber>> found)
    {
        Comparisons++;
        Comparisons += node.Prefixes?.Find(rest, found) ?? 0;
        if (node.Deep is not null) FindDeep(node.Deep, topic, found);
        var end = rest.IndexOf('/');
        var segment = end < 0 ? rest : rest[..end];
        Node? literal = null;
        node.Literals?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out literal);
        var parameter = segment.Length > 0 ? node.Parameter : null;
        if (end < 0)
        {
            if (literal?.Exact is { } named) found.Add(named);
            if (parameter?.Exact is { } any) found.Add(any);
            return;
        }
        if (literal is not null) Find(literal, topic, rest[(end + 1)..], found);
        if (parameter is not null) Find(parameter, topic, rest[(end + 1)..], found);
    }

    private void FindDeep(Dictionary<string, (TopicPattern Pattern, HashSet<Subscriber> Subscribers)> deep, string topic, List<HashSet<Subscriber>> found)
    {
        foreach (var (_, (pattern, subscribers)) in deep)
        {
            Comparisons++;
            if (pattern.Matches(topic)) found.Add(subscribers);
        }
    }

    private static void Add(Node node, TopicPattern pattern, string[] segments, int depth, Subscriber subscriber)
    {
        if (depth == segments.Length) (node.Exact ??= []).Add(subscriber);
        else if (IsPrefix(segments, depth)) (node.Prefixes ??= new()).Add(segments[depth][..^1], subscriber);
        else if (depth == MaxDepth) node.AddDeep(pattern, subscriber);
        else Add(node.Child(segments[depth]), pattern, segments, depth + 1, subscriber);
    }

    /// <returns>Whether the node is empty and can be removed.</returns>
    private static bool Remove(Node node, TopicPattern pattern, string[] segments, int depth, Subscriber subscriber)
    {
        if (depth == segments.Length) node.Exact?.Remove(subscriber);
        else if (IsPrefix(segments, depth)) node.Prefixes?.Remove(segments[depth][..^1], subscriber);
        else if (depth == MaxDepth) node.RemoveDeep(pattern, subscriber);
        else if (node.Find(segments[depth]) is { } child && Remove(child, pattern, segments, depth + 1, subscriber)) node.RemoveChild(segments[depth]);
        node.Prune();
        return node.IsEmpty;
    }

    // The last element contains everything deeper.
    private static string[] Segments(TopicPattern pattern) => pattern.Text.Split('/', MaxDepth + 2);

    private static bool IsPrefix(string[] segments, int depth) => depth == segments.Length - 1 && segments[depth].EndsWith('*');

    /// <summary>A node of the trie. Its collections are created when they are needed, because anonymous streams can create many nodes.</summary>
    private sealed class Node
    {
        public Dictionary<string, Node>? Literals { get; private set; }

        public Node? Parameter { get; private set; }

        /// <summary>Subscribers whose patterns end here.</summary>
        public HashSet<Subscriber>? Exact { get; set; }

        /// <summary>Subscribers whose patterns end here with a <c>*</c>.</summary>
        public PrefixIndex? Prefixes { get; set; }

        public Dictionary<string, (TopicPattern Pattern, HashSet<Subscriber> Subscribers)>? Deep { get; private set; }

        public Node? Find(string segment) => TopicPattern.IsParameter(segment) ? Parameter : Literals?.GetValueOrDefault(segment);

        public Node Child(string segment)
        {
            if (Find(segment) is { } existing) return existing;
            var child = new Node();
            if (TopicPattern.IsParameter(segment)) Parameter = child;
            else (Literals ??= new(StringComparer.Ordinal))[segment] = child;
            return child;
        }

        public void RemoveChild(string segment)
        {
            if (TopicPattern.IsParameter(segment)) Parameter = null;
            else Literals?.Remove(segment);
        }

        public void AddDeep(TopicPattern pattern, Subscriber subscriber)
        {
            Deep ??= new(StringComparer.Ordinal);
            if (!Deep.TryGetValue(pattern.Text, out var entry)) Deep[pattern.Text] = entry = (pattern, []);
            entry.Subscribers.Add(subscriber);
        }

        public void RemoveDeep(TopicPattern pattern, Subscriber subscriber)
        {
            if (Deep?.TryGetValue(pattern.Text, out var entry) == true && entry.Subscribers.Remove(subscriber) && entry.Subscribers.Count == 0) Deep.Remove(pattern.Text);
        }

        public bool IsEmpty => Literals is null && Parameter is null && Exact is null && Prefixes is null && Deep is null;

        /// <summary>Removes empty collections.</summary>
        public void Prune()
        {
            if (Literals is { Count: 0 }) Literals = null;
            if (Exact is { Count: 0 }) Exact = null;
            if (Prefixes is { Count: 0 }) Prefixes = null;
            if (Deep is { Count: 0 }) Deep = null;
        }
    }
}
