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
    public void Filter_matches_any_of_its_topics_exactly_for_any_number_of_topics(int count)
    {
        var filter = new TopicFilter(Enumerable.Range(1, count).Select(i => $"t/{i}"));
        Assert.True(filter.Matches(Drafts.Text("x", $"t/{count}")));
        Assert.True(filter.Matches(Drafts.Text("x", "other", "t/1")));
        Assert.False(filter.Matches(Drafts.Text("x", "t/0")));
        Assert.False(filter.Matches(Drafts.Text("x", "T/1")));
        Assert.False(filter.Matches(Drafts.Text("x", "t/1/")));
    }

    [Fact]
    public void Filter_with_topics_and_a_pattern_matches_both()
    {
        var filter = new TopicFilter(["a"], [Pattern("b/:id")]);
        Assert.True(filter.Matches(Drafts.Text("x", "b/1")));
        Assert.True(filter.Matches(Drafts.Text("x", "a")));
        Assert.False(filter.Matches(Drafts.Text("x", "b")));
    }

    [Fact]
    public void Private_notification_matches_only_with_the_right_and_the_topic()
    {
        var secret = Drafts.Text("x", "a") with { Private = true };
        Assert.False(new TopicFilter(["a"], [TopicPattern.Any]).Matches(secret));
        Assert.True(new TopicFilter(["a"], includePrivate: true).Matches(secret));
        Assert.False(new TopicFilter(["b"], includePrivate: true).Matches(secret));
        Assert.True(TopicFilter.Everything.Matches(secret));
    }

    [Fact]
    public void Empty_filter_matches_nothing_and_duplicate_topics_count_once()
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
    public void Private_notification_matches_only_a_granted_topic(bool isPrivate, string topic, bool matches)
    {
        var granted = new TopicFilter(["users/alice"], [Pattern("orders/:id")]);
        Assert.Equal(matches, new TopicFilter([], [TopicPattern.Any], granted: granted).Matches(Drafts.Text("x", topic) with { Private = isPrivate }));
        Assert.False(new TopicFilter(["other"], granted: granted).Matches(Drafts.Text("x", topic) with { Private = isPrivate }));
    }
}
