using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Hub;

public class TimeTextTests
{
    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z")]
    [InlineData("2026-01-31T12:00Z", "2026-01-31T12:00:00.000Z")]
    [InlineData("2026-01-31T12:00:00.1234567891Z", "2026-01-31T12:00:00.123Z")]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.000Z")]
    [InlineData("2026-01-31T12:00:00-02:00", "2026-01-31T14:00:00.000Z")]
    [InlineData("2026-01-31T12:00:00 02:00", "2026-01-31T10:00:00.000Z")]
    public void A_time_with_its_zone_is_read(string text, string time) => Assert.Equal(time, TimeText.Of(TimeText.Parse(text)!.Value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31 12:00:00Z")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-01-31T12:00:00Z\n")]
    [InlineData(" 2026-01-31T12:00:00Z")]
    [InlineData("\u0662026-01-31T12:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("2026-01-31T12:00:00+99:00")]
    [InlineData("01/31/2026 12:00:00Z")]
    [InlineData("1769860800")]
    public void Text_that_is_not_a_time_with_a_zone_is_refused(string? text) => Assert.Null(TimeText.Parse(text));
}
