using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Hub;

public class TopicPatternTests
{
    [Theory]
    [InlineData("orders", "orders", true)]
    [InlineData("orders", "orders/1", false)]
    [InlineData("orders", "Orders", false)]
    [InlineData("orders/:id", "orders/1", true)]
    [InlineData("orders/:id", "orders/", false)]
    [InlineData("orders/:id", "orders/1/lines", false)]
    [InlineData("orders/:id/lines", "orders/1/lines", true)]
    [InlineData("orders/:id/lines", "orders//lines", false)]
    [InlineData(":a/:b_2", "x/y", true)]
    [InlineData(":a", "x", true)]
    [InlineData(":a", "", false)]
    [InlineData("orders/*", "orders/", true)]
    [InlineData("orders/*", "orders/1/2", true)]
    [InlineData("orders/*", "orders", false)]
    [InlineData("orders*", "orders", true)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything at all", true)]
    [InlineData("orders/:id/*", "orders/1/", true)]
    [InlineData("orders/:id/*", "orders/1", false)]
    [InlineData("https://example.com:8080/:id", "https://example.com:8080/7", true)]
    [InlineData("https://example.com:8080/:id", "https://example.com:8080/7/8", false)]
    [InlineData("a.b[1]$^|", "a.b[1]$^|", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("users/ü", "users/ü", true)]
    [InlineData("users/\u00fc", "users/u\u0308", false)]
    public void Literals_segments_and_a_trailing_star_match(string pattern, string topic, bool matches)
    {
        Assert.True(TopicPattern.TryParse(pattern, out var parsed));
        Assert.Equal(matches, parsed.Matches(topic));
        Assert.Equal(pattern, parsed.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/{id}")]
    [InlineData("a}")]
    [InlineData("(a)")]
    [InlineData("a)")]
    [InlineData("a?")]
    [InlineData("a+")]
    [InlineData("a\\*")]
    [InlineData("a*b")]
    [InlineData("**")]
    [InlineData("*/a")]
    [InlineData("a:id")]
    [InlineData("a/:id-:no")]
    [InlineData("a/:id.json")]
    [InlineData("a/:id*")]
    [InlineData("a/:ïd")]
    [InlineData("a\nb")]
    public void Invalid_pattern_is_refused_and_not_taken_literally(string pattern) => Assert.False(TopicPattern.TryParse(pattern, out _));

    [Fact]
    public void Pattern_must_obey_the_rules_of_a_topic()
    {
        Assert.False(TopicPattern.TryParse("half \ud83c", out _));
        Assert.True(TopicPattern.TryParse(new string('x', 500), out _));
        Assert.False(TopicPattern.TryParse(new string('x', 501), out _));
    }

    [Fact]
    public void Matching_takes_linear_time_on_the_nastiest_topic()
    {
        // A backtracking matcher would need 2^100 steps here and never come back.
        Assert.True(TopicPattern.TryParse(string.Concat(Enumerable.Repeat(":a/", 100)) + "b", out var pattern));
        var topic = string.Concat(Enumerable.Repeat("a/", 250));
        Assert.Equal(500, topic.Length);
        for (var i = 0; i < 10_000; i++) Assert.False(pattern.Matches(topic));
    }
}
