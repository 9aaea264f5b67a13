using NotifyDashboard.Components;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components;

public sealed class CoalescedRefreshTests : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ManualTime _time = new();
    private readonly CoalescedRefresh _refresh;
    private Action _refreshing = () => { };
    private int _refreshes;

    public CoalescedRefreshTests() => _refresh = new(_time, () =>
    {
        _refreshes++;
        _refreshing();
        return Task.CompletedTask;
    });

    [Fact]
    public void Without_a_signal_nothing_is_refreshed()
    {
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _refreshes);
    }

    [Fact]
    public void The_first_signal_refreshes_at_once()
    {
        _refresh.Signal();
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(1, _refreshes);
    }

    [Fact]
    public void A_burst_is_one_refresh_now_and_one_after_the_interval()
    {
        _refresh.Signal();
        _time.Advance(TimeSpan.Zero);
        for (var i = 0; i < 10_000; i++) _refresh.Signal();
        _time.Advance(CoalescedRefresh.Interval - Moment);
        Assert.Equal(1, _refreshes);
        _time.Advance(Moment);
        Assert.Equal(2, _refreshes);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, _refreshes);
    }

    [Fact]
    public void A_steady_flow_refreshes_four_times_a_second()
    {
        for (var i = 0; i < 999; i++)
        {
            _refresh.Signal();
            _time.Advance(Moment);
        }
        Assert.Equal(4, _refreshes);
    }

    [Fact]
    public void Signal_during_a_refresh_causes_another_refresh_after_the_interval()
    {
        _refreshing = () =>
        {
            if (_refreshes == 1) _refresh.Signal();
        };
        _refresh.Signal();
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(1, _refreshes);
        _time.Advance(CoalescedRefresh.Interval);
        Assert.Equal(2, _refreshes);
    }

    [Fact]
    public async Task After_disposal_a_signal_does_nothing()
    {
        _refresh.Signal();
        await _refresh.DisposeAsync();
        _refresh.Signal();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _refreshes);
    }

    public ValueTask DisposeAsync() => _refresh.DisposeAsync();
}
