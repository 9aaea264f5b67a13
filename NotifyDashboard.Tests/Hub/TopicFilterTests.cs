using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public class TopicFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(100)]
    public void Any_of_its_topics_matches_exactly_however_many_there_are(int count)
    {
        var filter = new TopicFilter(Enumerable.Range(1, count).Select(i => $"t/{i}"));
        Assert.True(filter.Matches(Drafts.Text("x", $"t/{count}")));
        Assert.True(filter.Matches(Drafts.Text("x", "other", "t/1")));
        Assert.False(filter.Matches(Drafts.Text("x", "t/0")));
        Assert.False(filter.Matches(Drafts.Text("x", "T/1")));
        Assert.False(filter.Matches(Drafts.Text("x", "t/1/")));
    }

    [Fact]
    public void A_pattern_matches_beside_topics()
    {
        var filter = new TopicFilter(["a"], [Pattern("b/:id")]);
        Assert.True(filter.Matches(Drafts.Text("x", "b/1")));
        Assert.True(filter.Matches(Drafts.Text("x", "a")));
        Assert.False(filter.Matches(Drafts.Text("x", "b")));
    }

    [Fact]
    public void Private_ones_need_the_right_and_the_topic()
    {
        var secret = Drafts.Text("x", "a") with { Private = true };
        Assert.False(new TopicFilter(["a"], [TopicPattern.Any]).Matches(secret));
        Assert.True(new TopicFilter(["a"], includePrivate: true).Matches(secret));
        Assert.False(new TopicFilter(["b"], includePrivate: true).Matches(secret));
        Assert.True(TopicFilter.Everything.Matches(secret));
    }

    [Fact]
    public void Asking_for_nothing_matches_nothing_and_a_topic_twice_counts_once()
    {
        Assert.False(new TopicFilter([]).Matches(Drafts.Text("x")));
        Assert.Equal(["a", "b"], new TopicFilter(["a", "b", "a"]).Topics);
    }

    private static TopicPattern Pattern(string text) => TopicPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException(text);

    [Theory]
    [InlineData(false, "users/bob", true)]
    [InlineData(true, "users/bob", false)]
    [InlineData(true, "users/alice", true)]
    [InlineData(true, "orders/1", true)]
    [InlineData(true, "orders/1/x", false)]
    public void What_is_asked_for_routes_and_only_a_grant_shows_what_is_private(bool isPrivate, string topic, bool matches)
    {
        var granted = new TopicFilter(["users/alice"], [Pattern("orders/:id")]);
        Assert.Equal(matches, new TopicFilter([], [TopicPattern.Any], granted: granted).Matches(Drafts.Text("x", topic) with { Private = isPrivate }));
        Assert.False(new TopicFilter(["other"], granted: granted).Matches(Drafts.Text("x", topic) with { Private = isPrivate }));
    }
}
