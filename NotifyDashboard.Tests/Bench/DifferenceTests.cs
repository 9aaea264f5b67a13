using NotifyDashboard.Bench.Reporting;

namespace NotifyDashboard.Tests.Bench;

public sealed class DifferenceTests
{
    [Fact]
    public void Pairs_that_agree_give_their_median_and_range()
    {
        var difference = Difference.Of([(100, 104), (200, 206), (100, 101), (50, 55), (100, 103), (100, 104)])!;
        Assert.Equal((3.5, 1.0, 10.0), (Math.Round(difference.Median, 6), Math.Round(difference.Low, 6), Math.Round(difference.High, 6)));
        Assert.Equal("+3.5% (+1.0 to +10.0)", difference.ToString());
    }

    [Fact]
    public void Too_few_pairs_are_reported_as_not_distinguishable() =>
        Assert.Equal("not distinguishable (+3.0 to +4.0%, too few pairs)", Difference.Of([(100, 103), (100, 104)])!.ToString());

    [Fact]
    public void Contradictory_pairs_are_reported_as_not_distinguishable() =>
        Assert.Equal("not distinguishable (-2.0 to +10.0%)", Difference.Of([(100, 98), (100, 104), (100, 110), (100, 104), (100, 104), (100, 104)])!.ToString());

    [Fact]
    public void Difference_from_a_zero_baseline_is_undefined() => Assert.Null(Difference.Of([(0, 3)]));
}
