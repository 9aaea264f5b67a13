using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public sealed class ScheduleTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ManualTime _time = new();
    private TestHub _store = null!;
    private HandReader _live = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TestHub.StartAsync(time: _time);
        _live = await HandReader.JoinAsync(_store, null, "t");
    }

    [Fact]
    public async Task Scheduled_notification_is_published_once_at_its_time()
    {
        var waiting = await ScheduleAsync("x", Hour);
        Assert.Equal([], await RunAfterAsync(Hour - Moment));
        Assert.Equal(["1 x"], await RunAfterAsync(Moment));
        Assert.Equal([], await RunAfterAsync(Hour));
        var fired = await _store.Schedule.FindAsync(waiting.Id, Cancellation);
        Assert.Equal((_store.Hub.Epochs.CursorOf(1), Drafts.Noon + Hour, null), (fired!.PublishedAs, fired.EndedAt, fired.Draft.Data));
        Assert.Empty(await _store.Schedule.ReadAsync(TopicFilter.Everything, 10, Cancellation));
        Assert.Equal(Drafts.Noon + Hour, (await _store.Log.FindAsync(_store.Hub.Epochs.CursorOf(1), Cancellation))!.PublishedAt);
    }

    [Fact]
    public async Task Scheduled_notifications_are_published_in_time_order()
    {
        await ScheduleAsync("late", 2 * Hour);
        await ScheduleAsync("early", Hour);
        Assert.Equal(["early", "late"], (await _store.Schedule.ReadAsync(TopicFilter.Everything, 10, Cancellation)).Select(s => s.Draft.Data?.Text));
        Assert.Equal(["1 early", "2 late"], await RunAfterAsync(3 * Hour));
    }

    [Fact]
    public async Task More_due_notifications_than_one_step_holds_are_all_published()
    {
        await Task.WhenAll(Enumerable.Range(0, 450).Select(_ => ScheduleAsync("x", Hour)));
        Assert.Equal(450, (await RunAfterAsync(Hour)).Count);
    }

    [Fact]
    public async Task Scheduled_notification_keeps_every_field_when_published()
    {
        var draft = DraftRules.Normalize(Drafts.Full with { Topics = ["t"], ExternalId = "e", CollapseKey = "c", ExpiresAt = Drafts.Noon + (2 * Hour) });
        await _store.Hub.ScheduleAsync(draft, Drafts.Noon + Hour, "tester", cancellation: Cancellation);
        _time.Advance(Hour);
        await _store.Hub.ProcessDueAsync(Cancellation);
        var fired = (await _store.Log.FindAsync(_store.Hub.Epochs.CursorOf(1), Cancellation))!;
        Assert.Equivalent(draft, fired.Draft, strict: true);
        Assert.Equal("tester", fired.PublishedBy);
    }

    [Fact]
    public async Task Overdue_notification_is_published_after_a_restart_unless_it_has_expired()
    {
        await ScheduleAsync("kept", Hour);
        var over = await _store.Hub.ScheduleAsync(Drafts.Text("over", "t") with { ExpiresAt = Drafts.Noon + (2 * Hour), ExternalId = "e" }, Drafts.Noon + Hour, "tester", cancellation: Cancellation);
        await _store.Log.OpenAsync(Cancellation);
        Assert.Equal(["1 kept"], await RunAfterAsync(3 * Hour));
        var ended = await _store.Schedule.FindAsync(over.Id, Cancellation);
        Assert.Equal((null, Drafts.Noon + (3 * Hour)), (ended!.PublishedAs, ended.EndedAt));
        await _store.PublishAsync(Drafts.Text("free", "t") with { ExternalId = "e" });
    }

    [Fact]
    public async Task Scheduled_notification_can_be_moved_or_cancelled_until_it_is_published()
    {
        var (sooner, later, never) = (await ScheduleAsync("sooner", 5 * Hour), await ScheduleAsync("later", Hour), await ScheduleAsync("never", Hour));
        await _store.Hub.ProcessDueAsync(Cancellation);
        Assert.True(await _store.Schedule.MoveAsync(sooner.Id, Drafts.Noon + (Hour / 2), "mara"));
        Assert.True(await _store.Schedule.MoveAsync(later.Id, Drafts.Noon + (2 * Hour), "mara"));
        Assert.True(await _store.Schedule.CancelAsync(never.Id, "mara"));
        Assert.Equal(["1 sooner"], await RunAfterAsync(Hour / 2));
        Assert.Equal([], await RunAfterAsync(Hour));
        Assert.Equal(["2 later"], await RunAfterAsync(Hour / 2));
        Assert.False(await _store.Schedule.MoveAsync(sooner.Id, Drafts.Noon + (9 * Hour), "mara"));
        Assert.False(await _store.Schedule.CancelAsync(later.Id, "mara"));
        Assert.False(await _store.Schedule.CancelAsync(never.Id, "mara"));
        Assert.Null(await _store.Schedule.FindAsync(never.Id, Cancellation));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_publishes_nothing_twice()
    {
        await ScheduleAsync("x", Hour);
        Assert.Equal(["1 x"], await RunAfterAsync(Hour));
        Assert.Equal([], await RunAfterAsync(-2 * Hour));
        Assert.Equal([], await RunAfterAsync(2 * Hour));
        Assert.Equal([], await RunAfterAsync(Hour));
    }

    [Fact]
    public async Task Scheduled_notification_that_could_not_be_stored_is_published_on_the_next_run()
    {
        await ScheduleAsync("x", Hour);
        _store.Log.OnAppend = () => throw new StoreUnavailableException("full");
        _time.Advance(Hour);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.Hub.ProcessDueAsync(Cancellation));
        _store.Log.OnAppend = null;
        Assert.Equal(["1 x"], await RunAfterAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task External_id_of_a_scheduled_notification_is_taken()
    {
        var waiting = await ScheduleAsync("x", Hour, "e");
        Assert.Equal(waiting.Id, (await Assert.ThrowsAsync<ExternalIdTakenException>(() => ScheduleAsync("y", Hour, "e"))).Existing);
        Assert.Equal(waiting.Id, (await Assert.ThrowsAsync<ExternalIdTakenException>(() => _store.PublishAsync(Drafts.Text("y", "t") with { ExternalId = "e" }))).Existing);
        Assert.Equal(["1 x"], await RunAfterAsync(Hour));
        Assert.Equal(_store.Hub.Epochs.CursorOf(1).ToString(), (await Assert.ThrowsAsync<ExternalIdTakenException>(() => ScheduleAsync("y", Hour, "e"))).Existing);
    }

    [Fact]
    public async Task Repeated_schedule_request_with_one_idempotency_key_schedules_once()
    {
        var once = new Idempotency("tester", "k", [1]);
        var first = await _store.Hub.ScheduleAsync(Drafts.Text("x", "t"), Drafts.Noon + Hour, "tester", once, Cancellation);
        Assert.Equal(first.Id, (await _store.Hub.ScheduleAsync(Drafts.Text("x", "t"), Drafts.Noon + Hour, "tester", once, Cancellation)).Id);
        await Assert.ThrowsAsync<IdempotencyMismatchException>(() => _store.Hub.ScheduleAsync(Drafts.Text("x", "t"), Drafts.Noon + Hour, "tester", once with { BodyHash = [2] }, Cancellation));
        Assert.Equal(["1 x"], await RunAfterAsync(Hour));
    }

    [Fact]
    public async Task Published_scheduled_notification_can_be_found_for_a_day()
    {
        var first = await ScheduleAsync("x", Hour);
        await RunAfterAsync(Hour);
        await ScheduleAsync("y", ScheduledNotification.KeptFor - Moment);
        await RunAfterAsync(ScheduledNotification.KeptFor - Moment);
        Assert.NotNull(await _store.Schedule.FindAsync(first.Id, Cancellation));
        await ScheduleAsync("z", Moment);
        await RunAfterAsync(Moment);
        Assert.Null(await _store.Schedule.FindAsync(first.Id, Cancellation));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<ScheduledNotification> ScheduleAsync(string text, TimeSpan ahead, string? externalId = null) =>
        _store.Hub.ScheduleAsync(Drafts.Text(text, "t") with { ExternalId = externalId }, _time.GetUtcNow() + ahead, "tester", cancellation: Cancellation);

    private async Task<List<string>> RunAfterAsync(TimeSpan moved)
    {
        _time.Advance(moved);
        await _store.Hub.ProcessDueAsync(Cancellation);
        return await _live.ReadShortAsync();
    }
}
