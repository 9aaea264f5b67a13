using Bunit;
using NotifyDashboard.Components.Kit;

namespace NotifyDashboard.Tests.Components.Kit;

public sealed class SparklineTests : BunitContext
{
    [Theory]
    [InlineData("", "")]
    [InlineData("-", "")]
    [InlineData("0 0 0", "M0 28L50 28L100 28")]
    [InlineData("0 2 1", "M0 28L50 2L100 15")]
    [InlineData("5", "M50 2h0")]
    [InlineData("1 - 2 2 -", "M0 15h0M50 2L75 2")]
    [InlineData("NaN 1", "M100 2h0")]
    [InlineData("-1 1", "M0 28L100 2")]
    public void Line_rises_from_zero_to_the_highest_value_and_has_a_gap_where_nothing_was_recorded(string values, string line)
    {
        var numbers = values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(value => value == "-" ? (double?)null : double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(line, Draw(numbers).Find(".line").GetAttribute("d"));
    }

    [Fact]
    public void Area_goes_down_to_the_bottom_on_both_sides() => Assert.Equal("M0 30L0 15L100 2L100 30Z", Draw([1, 2]).Find(".fill").GetAttribute("d"));

    [Fact]
    public void Sparkline_is_hidden_from_screen_readers() => Assert.Equal("true", Draw([1]).Find("svg").GetAttribute("aria-hidden"));

    private IRenderedComponent<Sparkline> Draw(IReadOnlyList<double?> values) => Render<Sparkline>(p => p.Add(s => s.Values, values));
}
