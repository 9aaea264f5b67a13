using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Hub;

public class PatternIndexTests
{
    private readonly PatternIndex _index = new();

    /// <summary>Patterns and topics of few letters, so that many match; deep ones too.</summary>
    [Fact]
    public void Find_agrees_with_matching_every_pattern()
    {
        var random = new Random(7);
        string[] segments = ["a", "b", "ab", ":x", ":y", ""], ends = ["", "", "*", "a*", "ab*"];
        List<(TopicPattern Pattern, Subscriber Subscriber)> all = [];
        while (all.Count < 2_000)
        {
            var text = string.Join('/', Enumerable.Range(0, random.Next(1, 14)).Select(_ => segments[random.Next(segments.Length)])) + (random.Next(2) == 0 ? "" : "/") + ends[random.Next(ends.Length)];
            if (TopicPattern.TryParse(text, out var pattern)) all.Add((pattern, NewSubscriber()));
        }
        foreach (var (pattern, subscriber) in all) _index.Add(pattern, subscriber);
        Compare();
        // Half of them leave again.
        foreach (var (pattern, subscriber) in all.Take(1_000)) _index.Remove(pattern, subscriber);
        all.RemoveRange(0, 1_000);
        Compare();

        void Compare()
        {
            for (var i = 0; i < 2_000; i++)
            {
                var topic = string.Join('/', Enumerable.Range(0, random.Next(1, 14)).Select(_ => segments[random.Next(3)])) + (random.Next(4) == 0 ? "/" : "");
                Assert.Equal(all.Where(each => each.Pattern.Matches(topic)).Select(each => each.Subscriber).ToHashSet(), Find(topic));
            }
        }
    }

    [Fact]
    public void Thousands_of_streams_with_long_patterns_cost_no_more_than_one()
    {
        var rest = new string('x', 400);
        for (var i = 0; i < 5_000; i++)
        {
            Add($"orders/{i}{rest}");
            Add($"orders/:id/{i}{rest}/*");
            Add($"{rest}{i}*");
            Add($":a/:b/:c/:d/:e/{i}{rest}");
            Add($"https://example.com/:kind/:id/reviews/{i}{rest}/:page");
        }
        var before = _index.Comparisons;
        Assert.Empty(Find("orders/1"));
        Assert.Empty(Find("https://example.com/books/1/reviews/2/3"));
        Assert.InRange(_index.Comparisons - before, 1, 40);
    }

    [Fact]
    public void Removing_every_pattern_empties_the_index()
    {
        var (a, b) = (NewSubscriber(), NewSubscriber());
        string[] patterns = ["a/b/c", "a/:b/*", "a*", "*", "1/2/3/4/5/6/7/8/9/10/11/12", ":a/:b"];
        foreach (var subscriber in new[] { a, b })
        {
            foreach (var pattern in patterns) _index.Add(Parse(pattern), subscriber);
        }
        foreach (var pattern in patterns) _index.Remove(Parse(pattern), a);
        Assert.Equal([b], Find("a/b/c"));
        Assert.Equal([b], Find("1/2/3/4/5/6/7/8/9/10/11/12"));
        foreach (var pattern in patterns) _index.Remove(Parse(pattern), b);
        Assert.True(_index.IsEmpty);
    }

    private static TopicPattern Parse(string text) => TopicPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException(text);

    private static Subscriber NewSubscriber() => new(TopicFilter.Nothing, WireForm.Plain, () => { });

    private void Add(string pattern) => _index.Add(Parse(pattern), NewSubscriber());

    private HashSet<Subscriber> Find(string topic)
    {
        var found = new List<HashSet<Subscriber>>();
        _index.Find(topic, found);
        return [.. found.SelectMany(subscribers => subscribers)];
    }
}
