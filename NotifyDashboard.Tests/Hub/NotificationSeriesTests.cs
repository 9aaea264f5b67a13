using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public class NotificationSeriesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();
    private readonly NotificationDraft _draft = Drafts.Text("x");

    [Fact]
    public async Task First_draft_of_a_series_comes_at_once_and_each_other_an_interval_later()
    {
        var series = NotificationSeries.RepeatAsync(_draft, 3, Minute, _time, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await series.MoveNextAsync());
        for (var i = 0; i < 2; i++)
        {
            var next = series.MoveNextAsync();
            _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
            Assert.False(next.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(await next);
            Assert.Same(_draft, series.Current);
        }
        Assert.False(await series.MoveNextAsync());
    }

    [Fact]
    public async Task Cancelled_series_stops_waiting()
    {
        using var cancelling = new CancellationTokenSource();
        var series = NotificationSeries.RepeatAsync(_draft, 3, Minute, _time, cancelling.Token).GetAsyncEnumerator(cancelling.Token);
        await series.MoveNextAsync();
        var next = series.MoveNextAsync();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Theory]
    [InlineData(NotificationSeries.MaxCount + 1, 0)]
    [InlineData(-1, 0)]
    [InlineData(2, 3_600_001)]
    [InlineData(2, -1)]
    public async Task Series_with_a_count_or_interval_out_of_range_is_refused(int count, int milliseconds) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
        await NotificationSeries.RepeatAsync(_draft, count, TimeSpan.FromMilliseconds(milliseconds), _time, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken).MoveNextAsync());
}
