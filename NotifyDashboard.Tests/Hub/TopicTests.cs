using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Hub;

public class TopicTests
{
    public static TheoryData<string, bool> Topics => new()
    {
        { "broadcast", true },
        { "users/Jürgen 🎉", true },
        { " ", true },
        { "a%2Fb", true },
        { new string('x', 500), true },
        { new string('x', 501), false },
        { new string('ü', 250), true },
        { new string('ü', 250) + "x", false },
        { string.Concat(Enumerable.Repeat("🎉", 125)), true },
        { string.Concat(Enumerable.Repeat("🎉", 125)) + "x", false },
        { "", false },
        { "a\nb", false },
        { "a\0b", false },
        { "a\u007fb", false },
        { "a\u0085b", false },
        { "users/\u202Ealice", false },
        { "\uFEFFbroadcast", false },
        { "users/\u0645\u06CC\u200C\u062E", true },
        { "half \ud83c", false },
        { "\udf89 half", false },
        { "\udf89\ud83c", false },
    };

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_1_to_500_bytes_of_unicode_without_control_characters(string topic, bool valid) => Assert.Equal(valid, Topic.IsValid(topic));
}
