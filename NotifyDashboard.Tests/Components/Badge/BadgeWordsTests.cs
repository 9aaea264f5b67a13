using NotifyDashboard.Components.Badge;

namespace NotifyDashboard.Tests.Components.Badge;

public class BadgeWordsTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1 unread message")]
    [InlineData(2, "2 unread messages")]
    [InlineData(99, "99 unread messages")]
    [InlineData(100, "more than 99 unread messages")]
    public void A_count_is_spoken_in_words(int count, string words) => Assert.Equal(words, BadgeWords.Spoken(count, 99, "unread messages"));
}
