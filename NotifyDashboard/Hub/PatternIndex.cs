namespace NotifyDashboard.Hub;

/// <summary>
/// Finds those who ask for a topic with patterns. How much it looks at depends on the topic's segments, not on how many patterns there are: they
/// stand in a tree by their first segments, and by what is before a <c>*</c>. Not thread-safe.
/// </summary>
internal sealed class PatternIndex
{
    // Deeper ones are compared one by one. Topics are seldom so deep, and a short query could otherwise name thousands of nodes.
    internal const int MaxDepth = 6;

    private readonly Node _root = new();

    /// <summary>How many nodes, beginnings and patterns were looked at so far.</summary>
    public long Looks { get; private set; }

    public bool IsEmpty => _root.Tidy();

    public void Add(TopicPattern pattern, Subscriber subscriber) => Add(_root, pattern, pattern.Text.Split('/'), 0, subscriber);

    public void Remove(TopicPattern pattern, Subscriber subscriber) => Remove(_root, pattern, pattern.Text.Split('/'), 0, subscriber);

    /// <summary>Adds the sets of all who ask for the topic; one of them may be in several.</summary>
    public void Find(string topic, List<HashSet<Subscriber>> found) => Find(_root, topic, topic, found);

    private void Find(Node node, string topic, ReadOnlySpan<char> rest, List<HashSet<Subscriber>> found)
    {
        Looks++;
        Looks += node.Beginnings?.Find(rest, found) ?? 0;
        if (node.Deep is not null) FindDeep(node.Deep, topic, found);
        var end = rest.IndexOf('/');
        var segment = end < 0 ? rest : rest[..end];
        Node? literal = null;
        node.Literals?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out literal);
        var parameter = segment.Length > 0 ? node.Parameter : null;
        if (end < 0)
        {
            if (literal?.Whole is { } named) found.Add(named);
            if (parameter?.Whole is { } any) found.Add(any);
            return;
        }
        if (literal is not null) Find(literal, topic, rest[(end + 1)..], found);
        if (parameter is not null) Find(parameter, topic, rest[(end + 1)..], found);
    }

    private void FindDeep(Dictionary<string, (TopicPattern Pattern, HashSet<Subscriber> Subscribers)> deep, string topic, List<HashSet<Subscriber>> found)
    {
        foreach (var (_, (pattern, subscribers)) in deep)
        {
            Looks++;
            if (pattern.Matches(topic)) found.Add(subscribers);
        }
    }

    private static void Add(Node node, TopicPattern pattern, string[] segments, int depth, Subscriber subscriber)
    {
        if (depth == segments.Length) (node.Whole ??= []).Add(subscriber);
        else if (IsBeginning(segments, depth)) (node.Beginnings ??= new()).Add(segments[depth][..^1], subscriber);
        else if (depth == MaxDepth) node.AddDeep(pattern, subscriber);
        else Add(node.Child(segments[depth]), pattern, segments, depth + 1, subscriber);
    }

    /// <returns>Whether the node is of no more use.</returns>
    private static bool Remove(Node node, TopicPattern pattern, string[] segments, int depth, Subscriber subscriber)
    {
        if (depth == segments.Length) node.Whole?.Remove(subscriber);
        else if (IsBeginning(segments, depth)) node.Beginnings?.Remove(segments[depth][..^1], subscriber);
        else if (depth == MaxDepth) node.RemoveDeep(pattern, subscriber);
        else if (node.Find(segments[depth]) is { } child && Remove(child, pattern, segments, depth + 1, subscriber)) node.Drop(segments[depth]);
        return node.Tidy();
    }

    private static bool IsBeginning(string[] segments, int depth) => depth == segments.Length - 1 && segments[depth].EndsWith('*');

    /// <summary>Where a segment leads. All of it is made when it is needed: a stream without a credential may name hundreds.</summary>
    private sealed class Node
    {
        public Dictionary<string, Node>? Literals { get; private set; }

        public Node? Parameter { get; private set; }

        /// <summary>Those whose patterns end here.</summary>
        public HashSet<Subscriber>? Whole { get; set; }

        /// <summary>Those whose patterns end here in a <c>*</c>.</summary>
        public BeginningIndex? Beginnings { get; set; }

        public Dictionary<string, (TopicPattern Pattern, HashSet<Subscriber> Subscribers)>? Deep { get; private set; }

        public Node? Find(string segment) => TopicPattern.IsParameter(segment) ? Parameter : Literals?.GetValueOrDefault(segment);

        public Node Child(string segment)
        {
            if (Find(segment) is { } known) return known;
            var made = new Node();
            if (TopicPattern.IsParameter(segment)) Parameter = made;
            else (Literals ??= new(StringComparer.Ordinal))[segment] = made;
            return made;
        }

        public void Drop(string segment)
        {
            if (TopicPattern.IsParameter(segment)) Parameter = null;
            else Literals?.Remove(segment);
        }

        public void AddDeep(TopicPattern pattern, Subscriber subscriber)
        {
            Deep ??= new(StringComparer.Ordinal);
            if (!Deep.TryGetValue(pattern.Text, out var known)) Deep[pattern.Text] = known = (pattern, []);
            known.Subscribers.Add(subscriber);
        }

        public void RemoveDeep(TopicPattern pattern, Subscriber subscriber)
        {
            if (Deep?.TryGetValue(pattern.Text, out var known) == true && known.Subscribers.Remove(subscriber) && known.Subscribers.Count == 0) Deep.Remove(pattern.Text);
        }

        /// <summary>Lets go of what is empty.</summary>
        /// <returns>Whether that is all.</returns>
        public bool Tidy()
        {
            if (Literals is { Count: 0 }) Literals = null;
            if (Whole is { Count: 0 }) Whole = null;
            if (Beginnings is { Count: 0 }) Beginnings = null;
            if (Deep is { Count: 0 }) Deep = null;
            return Literals is null && Parameter is null && Whole is null && Beginnings is null && Deep is null;
        }
    }
}
