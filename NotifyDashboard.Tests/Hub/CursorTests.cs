using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Hub;

public class CursorTests
{
    [Theory]
    [InlineData("a-0", "a", 0)]
    [InlineData("k3x9q2ab-1", "k3x9q2ab", 1)]
    [InlineData("0123456789abcdef-9223372036854775807", "0123456789abcdef", long.MaxValue)]
    public void Cursor_text_survives_a_round_trip(string text, string epoch, long sequence)
    {
        Assert.True(Cursor.TryParse(text, out var cursor));
        Assert.Equal(new Cursor(epoch, sequence), cursor);
        Assert.Equal(text, cursor.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-1")]
    [InlineData("a")]
    [InlineData("a-")]
    [InlineData("a1")]
    [InlineData("a--1")]
    [InlineData("a-+1")]
    [InlineData("a-01")]
    [InlineData("a-00")]
    [InlineData("a- 1")]
    [InlineData("a-1 ")]
    [InlineData(" a-1")]
    [InlineData("a-1\n")]
    [InlineData("a-1-2")]
    [InlineData("a-1.0")]
    [InlineData("a-1e3")]
    [InlineData("a-1,000")]
    [InlineData("a-0x1")]
    [InlineData("a-١")]
    [InlineData("A-1")]
    [InlineData("ä-1")]
    [InlineData("a_b-1")]
    [InlineData("01234567890abcdef-1")]
    [InlineData("a-9223372036854775808")]
    [InlineData("a-99999999999999999999")]
    [InlineData("earliest")]
    public void Invalid_cursor_text_is_refused(string text) => Assert.False(Cursor.TryParse(text, out _));
}
