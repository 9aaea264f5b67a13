using NotifyDashboard.Components.Pages.Overview;
using NotifyDashboard.Monitoring;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Overview;

public sealed class OverviewSamplesTests
{
    private static readonly OverviewRange Quarter = OverviewRange.Of("15min");

    [Fact]
    public void Chart_has_a_value_for_each_step_rates_a_second_and_gaps_where_nothing_was_recorded()
    {
        var chart = Of(Sample(-20, published: 15), Sample(-10, published: 0)).Chart(OverviewMetric.Events);
        var series = Assert.Single(chart.Series);
        Assert.Equal((Drafts.Noon.AddMinutes(-15), TimeSpan.FromSeconds(10), "Last 15 minutes", 90), (chart.From, chart.Step, series.Name, series.Values.Count));
        Assert.Equal([null, 1.5, 0], series.Values.TakeLast(3));
        Assert.All(series.Values.Take(87), value => Assert.Null(value));
    }

    [Fact]
    public void The_same_time_before_is_a_dashed_line_where_it_was_recorded()
    {
        var chart = Of(Sample(-920, streams: 4), Sample(-20, streams: 7)).Chart(OverviewMetric.Connections);
        Assert.Equal([("Last 15 minutes", false), ("The 15 minutes before", true)], chart.Series.Select(series => (series.Name, series.Dashed)));
        Assert.Equal([7, 4], chart.Series.Select(series => series.Values[88]));
    }

    [Fact]
    public void Unread_keeps_its_last_count_until_the_next()
    {
        var values = Of(Sample(-30, unread: 7), Sample(-20), Sample(-10, unread: 9)).Chart(OverviewMetric.Unread).Series[0].Values;
        Assert.Equal([7, 7, 9], values.TakeLast(3));
    }

    [Fact]
    public void Sums_leave_out_the_time_before()
    {
        var samples = Of(Sample(-910, published: 100), Sample(-900, published: 1), Sample(-10, published: 2));
        Assert.Equal(3, samples.Sum(sample => sample.Published));
    }

    [Fact]
    public void Sparks_are_few_and_lose_no_peak_and_no_error()
    {
        var sparks = Of(Sample(-900, streams: 9, failed: 1), Sample(-890, streams: 3, failed: 2));
        Assert.Equal(45, sparks.Sparks(OverviewMetric.Connections).Count);
        Assert.Equal(9, sparks.Sparks(OverviewMetric.Connections)[0]);
        Assert.Equal(3, sparks.Sparks(OverviewMetric.Errors)[0]);
    }

    [Theory]
    [InlineData("week", "week")]
    [InlineData("century", "hour")]
    [InlineData(null, "hour")]
    public void Unknown_range_is_the_hour(string? asked, string expected) => Assert.Equal(expected, OverviewRange.Of(asked).Name);

    private static OverviewSamples Of(params ActivitySample[] samples) => new(Quarter, Drafts.Noon, samples);

    private static ActivitySample Sample(int second, long streams = 0, long? unread = null, long published = 0, long failed = 0) =>
        new(Drafts.Noon.AddSeconds(second), streams, 0, 0, 0, unread, published, 0, 0, failed, 0, 0, 0);
}
