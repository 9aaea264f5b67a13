using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Components.Pages.Overview;
using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Overview;

/// <summary>The model of the overview over a whole server.</summary>
public sealed class OverviewModelTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly TestOperator _operator = new();
    private readonly HubServer _server;
    private readonly Func<FaultyLog> _log;
    private readonly OverviewModel _model;

    public OverviewModelTests()
    {
        _server = Hubs.StartWithFaultyLog(out _log, services => services.AddTime(_time));
        _model = new(_server.Services.GetRequiredService<OverviewSources>(), "https://hub.example/", _operator.FindAsync, TestContext.Current.CancellationToken);
    }

    private NotificationHub Hub => _server.Services.GetRequiredService<NotificationHub>();

    [Fact]
    public async Task Rates_are_those_of_the_last_ten_seconds()
    {
        await _model.RefreshAsync();
        Assert.Equal(0, _model.Now.Published);
        await PublishAsync(5);
        _time.Advance(TimeSpan.FromSeconds(5));
        await _model.RefreshAsync();
        Assert.Equal(1, _model.Now.Published);
        _time.Advance(TimeSpan.FromSeconds(11));
        await _model.RefreshAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await _model.RefreshAsync();
        Assert.Equal(0, _model.Now.Published);
    }

    [Fact]
    public async Task Connections_people_and_tabs_are_those_of_now()
    {
        using var first = await _server.OpenAsync("?topic=t");
        using var second = await _server.OpenAsync("?topic=u");
        await _model.RefreshAsync();
        Assert.Equal(new Reach(2, 0, 2, 2), _model.Now.Open);
    }

    [Fact]
    public async Task The_newest_are_read_again_after_a_publish_or_a_change_and_not_otherwise()
    {
        await PublishAsync(8);
        Assert.True(await _model.RefreshAsync());
        Assert.Equal(["N8", "N7", "N6", "N5", "N4", "N3"], Titles);
        var reads = 0;
        _log().OnReadNewest = () =>
        {
            reads++;
            return Task.CompletedTask;
        };
        await _model.RefreshAsync();
        Assert.Equal(0, reads);
        await Hub.RetractAsync(_model.Newest![0].Id, "tester", TestContext.Current.CancellationToken);
        await DispatchedAsync();
        Assert.True(await _model.RefreshAsync());
        Assert.Equal((1, null), (reads, _model.Newest[0].Draft.Title));
    }

    [Fact]
    public async Task Nothing_changes_on_a_quiet_hub()
    {
        await _model.RefreshAsync();
        Assert.False(await _model.RefreshAsync());
    }

    [Fact]
    public async Task Samples_and_shares_follow_the_recorder_and_the_range()
    {
        await _model.RefreshAsync();
        Assert.Equal(0, _model.Samples!.Sum(sample => sample.Published));
        await PublishAsync(3);
        await RecordAsync();
        Assert.True(await _model.RefreshAsync());
        Assert.Equal((3, 3), (_model.Samples.Sum(sample => sample.Published), _model.Shares!.Counted));
        Assert.Equal("t", Assert.Single(_model.Shares.Topics).Key);
        await _model.ShowAsync(OverviewRange.Of("week"));
        Assert.Equal("week", _model.Samples.Range.Name);
        Assert.Equal(3, _model.Shares.Counted);
    }

    [Fact]
    public async Task Shares_of_a_quiet_hub_follow_the_range_as_it_moves_on()
    {
        await PublishAsync(3);
        await RecordAsync();
        await _model.ShowAsync(OverviewRange.Of("15min"));
        Assert.Equal(3, _model.Shares!.Counted);
        _time.Advance(TimeSpan.FromMinutes(16));
        await RecordAsync();
        await _model.RefreshAsync();
        Assert.Equal(0, _model.Shares.Counted);
    }

    [Fact]
    public async Task Failing_store_is_told_and_what_was_read_stays()
    {
        await PublishAsync(1);
        await _model.RefreshAsync();
        _log().OnReadNewest = () => throw new StoreUnavailableException("gone");
        await PublishAsync(1);
        Assert.True(await _model.RefreshAsync());
        Assert.True(_model.IsUnavailable);
        Assert.Equal(["N1"], Titles);
        _log().OnReadNewest = () => Task.CompletedTask;
        Assert.True(await _model.RefreshAsync());
        Assert.False(_model.IsUnavailable);
        Assert.Equal(2, _model.Newest!.Count);
    }

    [Fact]
    public async Task Operator_who_has_lost_the_right_reads_nothing_more()
    {
        await PublishAsync(1);
        _operator.IsSignedIn = false;
        Assert.True(await _model.RefreshAsync());
        Assert.True(_model.IsSignedOut);
        Assert.Null(_model.Newest);
        _operator.IsSignedIn = true;
        Assert.False(await _model.RefreshAsync());
        Assert.Null(_model.Newest);
    }

    [Fact]
    public async Task What_is_scheduled_and_needs_attention_is_read_once_a_minute()
    {
        await _model.RefreshAsync();
        Assert.Empty(_model.Upcoming!);
        await Hub.ScheduleAsync(new NotificationDraft { Title = "Later" }, _time.GetUtcNow().AddHours(1), "tester", cancellation: TestContext.Current.CancellationToken);
        await _model.RefreshAsync();
        Assert.Empty(_model.Upcoming!);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await _model.RefreshAsync());
        Assert.Equal("Later", Assert.Single(_model.Upcoming!).Draft.Title);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IEnumerable<string?> Titles => _model.Newest!.Select(row => row.Draft.Title);

    private async Task PublishAsync(int count)
    {
        for (var i = 1; i <= count; i++) await Hub.PublishAsync(new NotificationDraft { Title = $"N{i}", Topics = ["t"] }, "tester", TestContext.Current.CancellationToken);
        await DispatchedAsync();
    }

    private Task<Reach> DispatchedAsync() => Hub.CountReachedAsync(Drafts.Text(""));

    private async Task RecordAsync()
    {
        var recorder = _server.Services.GetRequiredService<ActivityRecorder>();
        var before = recorder.Latest;
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            return recorder.Latest != before;
        });
    }
}
