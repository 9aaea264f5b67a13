using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of scheduled notifications, whatever its database.</summary>
public abstract class ScheduleStoreContract : HubStoreContract
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly Actor Mara = new("mara", "10.0.0.1");

    private protected override IReadOnlyList<Func<Task>> Uses =>
    [
        () => ReadAsync(TopicFilter.Everything),
        () => FindAsync("0123456789abcdef"),
        () => Hub.Schedule.MoveAsync("0123456789abcdef", Drafts.Noon + Hour, Mara),
        () => Hub.Schedule.CancelAsync("0123456789abcdef", Mara),
    ];

    [Fact]
    public async Task Waiting_schedule_is_found_as_planned()
    {
        var draft = DraftRules.Normalize(Drafts.Full with { ExternalId = "e", CollapseKey = "c", ExpiresAt = Drafts.Noon + (3 * Hour) });
        var planned = await Hub.Hub.ScheduleAsync(draft, Drafts.Noon + Hour, Mara with { MayManage = false }, cancellation: Cancellation);
        var found = await FindAsync(planned.Id);
        Assert.Equivalent(planned, found, strict: true);
        Assert.Equivalent(draft, found!.Draft, strict: true);
        Assert.Equal(("mara", "10.0.0.1", false), (found.By.Name, found.By.Address, found.By.MayManage));
        Assert.Equal((Drafts.Noon + Hour, Drafts.Noon), (found.PublishAt, found.CreatedAt));
        Assert.Equal((null, null), (found.EndedAt, found.PublishedAs));
        Assert.True((await FindAsync((await ScheduleAsync("by a key", 1, "t")).Id))!.By is { Address: null, MayManage: true });
        Assert.Null(await FindAsync(planned.Id.ToUpperInvariant() + "0"));
    }

    [Fact]
    public async Task Published_schedule_is_found_with_its_notification_and_without_content()
    {
        var planned = await ScheduleAsync("x", 1, "t");
        await FireAsync(Hour);
        var found = (await FindAsync(planned.Id))!;
        Assert.Equal((Hub.Hub.Epochs.CursorOf(1), Drafts.Noon + Hour, null), (found.PublishedAs, found.EndedAt, found.Draft.Data));
        Assert.Equal(["t"], found.Draft.Topics);
        Assert.Empty(await ReadAsync(TopicFilter.Everything));
    }

    [Fact]
    public async Task Waiting_schedules_are_read_in_order_of_their_time()
    {
        await ScheduleAsync("3", 3, "t");
        await ScheduleAsync("1", 1, "t");
        await ScheduleAsync("2", 2, "t");
        Assert.Equal(["1", "2", "3"], await ReadAsync(TopicFilter.Everything));
        Assert.Equal(["1", "2"], await ReadAsync(TopicFilter.Everything, 2));
    }

    [Fact]
    public async Task Reader_gets_schedules_within_the_allowed_topics_and_the_limit_counts_only_those()
    {
        await ScheduleAsync("theirs", 1, "theirs");
        await ScheduleAsync(Drafts.Text("private", "mine/1") with { Private = true }, 2);
        await ScheduleAsync("first", 3, "mine/1");
        await ScheduleAsync("both", 4, "theirs", "mine/2");
        await ScheduleAsync("last", 5, "mine/1");
        Assert.Equal(["first", "last"], await ReadAsync(new TopicFilter(["mine/1"])));
        Assert.True(TopicPattern.TryParse("mine/*", out var pattern));
        Assert.Equal(["first", "both"], await ReadAsync(new TopicFilter([], [pattern]), 2));
        Assert.Equal(["private", "first", "last"], await ReadAsync(new TopicFilter(["mine/1"], includePrivate: true)));
        Assert.Equal(["private", "first"], await ReadAsync(new TopicFilter(["mine/1"], granted: new(["mine/1"])), 2));
        Assert.Empty(await ReadAsync(TopicFilter.Nothing));
    }

    [Fact]
    public async Task Move_changes_the_time_and_the_order()
    {
        var (sooner, later) = (await ScheduleAsync("sooner", 5, "t"), await ScheduleAsync("later", 1, "t"));
        await Hub.Hub.ProcessDueAsync(Cancellation);
        Assert.True(await Hub.Schedule.MoveAsync(sooner.Id, Drafts.Noon + (Hour / 2), Mara));
        Assert.True(await Hub.Schedule.MoveAsync(later.Id, Drafts.Noon + (2 * Hour), Mara));
        Assert.Equal(["sooner", "later"], await ReadAsync(TopicFilter.Everything));
        Assert.Equal(Drafts.Noon + (2 * Hour), (await FindAsync(later.Id))!.PublishAt);
        // The clock has the earlier time.
        await FireAsync(Hour / 2);
        Assert.Equal(["later"], await ReadAsync(TopicFilter.Everything));
        Assert.Equal(Drafts.Noon + (Hour / 2), (await FindAsync(sooner.Id))!.EndedAt);
    }

    [Fact]
    public async Task Cancelled_schedule_is_not_found_and_never_published()
    {
        var (cancelled, other) = (await ScheduleAsync("cancelled", 1, "t"), await ScheduleAsync("other", 2, "t"));
        Assert.True(await Hub.Schedule.CancelAsync(cancelled.Id, Mara));
        Assert.Null(await FindAsync(cancelled.Id));
        await FireAsync(Hour);
        await Hub.DispatchedAsync();
        Assert.Equal(0, Hub.Hub.LastDispatched);
        Assert.Equal(["other"], await ReadAsync(TopicFilter.Everything));
        Assert.NotNull(await FindAsync(other.Id));
    }

    [Fact]
    public async Task Ended_schedule_is_neither_moved_nor_cancelled()
    {
        var (fired, cancelled) = (await ScheduleAsync("fired", 1, "t"), await ScheduleAsync("cancelled", 2, "t"));
        await Hub.Schedule.CancelAsync(cancelled.Id, "mara");
        await FireAsync(Hour);
        foreach (var id in new[] { fired.Id, cancelled.Id, "0123456789abcdef" })
        {
            Assert.False(await Hub.Schedule.MoveAsync(id, Drafts.Noon + (9 * Hour), Mara));
            Assert.False(await Hub.Schedule.CancelAsync(id, Mara));
        }
        Assert.Equal(Drafts.Noon + Hour, (await FindAsync(fired.Id))!.PublishAt);
        Assert.Empty(await AuditedAsync());
    }

    [Fact]
    public async Task Schedules_that_had_expired_when_their_time_came_are_read_as_missed_the_latest_first()
    {
        var first = await ScheduleAsync(Drafts.Text("first", "t") with { ExpiresAt = Drafts.Noon + (1.5 * Hour) }, 1);
        var second = await ScheduleAsync(Drafts.Text("second", "t") with { ExpiresAt = Drafts.Noon + (2.5 * Hour) }, 2);
        await ScheduleAsync("published", 3, "t");
        await ScheduleAsync("waiting", 9, "t");
        Assert.Empty(await MissedAsync(Drafts.Noon));
        // The hub was down, for example.
        await FireAsync(1.75 * Hour);
        await FireAsync(2 * Hour);
        Assert.Equal([second.Id, first.Id], await MissedAsync(Drafts.Noon));
        Assert.Equal([second.Id], await MissedAsync(Drafts.Noon, 1));
        Assert.Equal([second.Id], await MissedAsync(Drafts.Noon + (2 * Hour)));
    }

    [Fact]
    public async Task Concurrent_cancels_succeed_once()
    {
        var planned = await ScheduleAsync("x", 1, "t");
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Hub.Schedule.CancelAsync(planned.Id, Mara))), done => done);
        Assert.Single(await AuditedAsync());
    }

    [Fact]
    public async Task Moves_and_cancels_are_audited_for_an_operator_and_not_for_a_key()
    {
        var planned = await ScheduleAsync("x", 1, "t");
        await Hub.Schedule.MoveAsync(planned.Id, Drafts.Noon + (2 * Hour), Mara);
        await Hub.Schedule.MoveAsync(planned.Id, Drafts.Noon + (3 * Hour), "key");
        await Hub.Schedule.CancelAsync(planned.Id, Mara);
        var moved = new AuditEntry(AuditActions.Moved, Mara, planned.Id, $"for {TimeText.Of(Drafts.Noon + (2 * Hour))}");
        Assert.Equal([new(AuditActions.Cancelled, Mara, planned.Id), moved], await AuditedAsync());
    }

    private Task<ScheduledNotification> ScheduleAsync(string text, int hours, params string[] topics) => ScheduleAsync(Drafts.Text(text, topics), hours);

    private Task<ScheduledNotification> ScheduleAsync(NotificationDraft draft, int hours) =>
        Hub.Hub.ScheduleAsync(draft, Drafts.Noon + (hours * Hour), "key", cancellation: Cancellation);

    private async Task FireAsync(TimeSpan after)
    {
        Time.Advance(after);
        await Hub.Hub.ProcessDueAsync(Cancellation);
    }

    private Task<ScheduledNotification?> FindAsync(string id) => Hub.Schedule.FindAsync(id, Cancellation);

    private async Task<IEnumerable<string>> MissedAsync(DateTimeOffset since, int limit = 10) =>
        (await Hub.Schedule.ReadMissedAsync(since, limit, Cancellation)).Select(one => one.Id);

    private async Task<IReadOnlyList<string>> ReadAsync(TopicFilter allowed, int limit = 10) =>
        [.. (await Hub.Schedule.ReadAsync(allowed, limit, Cancellation)).Select(one => one.Draft.Data!.Value.Text)];
}
