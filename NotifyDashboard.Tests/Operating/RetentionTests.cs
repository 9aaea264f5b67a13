using NotifyDashboard.Hub;
using NotifyDashboard.Operating;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTime _time = new();
    private TestHub _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await TestHub.StartAsync(time: _time);

    [Fact]
    public async Task Without_rules_everything_is_kept()
    {
        await PublishAsync("t", "u");
        Assert.Equal([1, 2], await KeptAfterAsync(new()));
    }

    [Fact]
    public async Task Notification_older_than_MaxAge_is_deleted()
    {
        await PublishAsync("t");
        _time.Advance(Day / 2);
        await PublishAsync("t");
        _time.Advance(Day / 2);
        Assert.Equal([1, 2], await KeptAfterAsync(new() { MaxAge = Day }));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([2], await KeptAfterAsync(new() { MaxAge = Day }));
    }

    [Fact]
    public async Task MaxCount_keeps_the_newest_notifications_and_does_not_count_updates()
    {
        await PublishAsync([.. Enumerable.Repeat("t", 250)]);
        foreach (var sequence in new[] { 249, 250 }) await UpdateAsync(sequence);
        Assert.Equal([248, 249, 250], await KeptAfterAsync(new() { MaxCount = 3 }));
        Assert.Equal([248, 249, 250], await KeptAfterAsync(Rules(("t", null, 3))));
        Assert.Equal([249, 250], await KeptAfterAsync(Rules(("t", null, 2))));
    }

    [Fact]
    public async Task A_count_for_a_pattern_holds_for_each_topic()
    {
        await PublishAsync("orders/1", "orders/1", "orders/2", "orders/2", "users/1", "users/1");
        Assert.Equal([2, 4, 5, 6], await KeptAfterAsync(Rules(("orders/*", null, 1))));
    }

    [Fact]
    public async Task First_rule_that_matches_any_topic_decides_for_a_notification()
    {
        await PublishAsync("short", "long", "other");
        await _store.PublishAsync("x", "other", "long");
        var rules = Rules(("long", 3 * Day, null), ("short", Day / 2, null));
        rules.MaxAge = Day;
        _time.Advance(Day / 2 + TimeSpan.FromMinutes(1));
        Assert.Equal([2, 3, 4], await KeptAfterAsync(rules));
        _time.Advance(Day / 2);
        Assert.Equal([2, 4], await KeptAfterAsync(rules));
        _time.Advance(2 * Day);
        Assert.Equal([], await KeptAfterAsync(rules));
    }

    [Fact]
    public async Task MaxCount_of_a_later_rule_ignores_notifications_of_an_earlier_rule()
    {
        await PublishAsync("orders/1", "orders/1", "users/1", "users/1");
        await _store.PublishAsync("x", "users/1", "orders/1");
        await PublishAsync("users/1");
        Assert.Equal([1, 2, 5, 6], await KeptAfterAsync(Rules(("orders/*", 3 * Day, null), ("*", null, 1))));
    }

    [Fact]
    public async Task Rule_without_MaxAge_exempts_its_topics_from_the_global_MaxAge()
    {
        await PublishAsync("kept", "other");
        var rules = Rules(("kept", null, 5));
        rules.MaxAge = Day;
        _time.Advance(2 * Day);
        Assert.Equal([1], await KeptAfterAsync(rules));
    }

    [Fact]
    public async Task Resume_after_retention_reports_a_gap_only_on_the_trimmed_topic()
    {
        await PublishAsync("t", "u", "t", "t");
        Assert.Equal([2, 4], await KeptAfterAsync(Rules(("t", null, 1))));
        Assert.Equal(new ResumePoint(3, GapReason.Trimmed, _store.Hub.Epochs.CursorOf(4)), await ResumeAsync(1, "t"));
        Assert.Equal(new ResumePoint(3), await ResumeAsync(3, "t"));
        Assert.Equal(new ResumePoint(1), await ResumeAsync(1, "u"));
    }

    [Fact]
    public async Task Updates_and_retracts_are_deleted_with_their_notification()
    {
        await PublishAsync("t", "t", "t");
        await UpdateAsync(1);
        await _store.Hub.RetractAsync(_store.Hub.Epochs.CursorOf(2), "owner", Cancellation);
        await UpdateAsync(3);
        await _store.DispatchedAsync();
        Assert.Equal([1, 3, 4, 5, 6], await EntriesAsync());
        Assert.Equal([3], await KeptAfterAsync(new() { MaxCount = 1 }));
        Assert.Equal([3, 6], await EntriesAsync());
        var frames = new List<Frame>();
        Assert.True(_store.Hub.ReplayBuffer.TryRead(new(["t"]), WireForm.Plain, 0, frames, 10, 1_000_000, out _));
        Assert.Equal([3, 6], frames.Select(frame => frame.Sequence));
        Assert.Equal(GapReason.Trimmed, (await ResumeAsync(4, "t")).Gap);
        Assert.Null((await ResumeAsync(5, "t")).Gap);
    }

    [Fact]
    public async Task External_id_of_a_trimmed_notification_is_free_again()
    {
        await _store.PublishAsync(Drafts.Text("x", "t") with { ExternalId = "e" });
        await PublishAsync("t");
        await KeptAfterAsync(new() { MaxCount = 1 });
        Assert.Equal(3, (await _store.PublishAsync(Drafts.Text("y", "t") with { ExternalId = "e" })).Id.Sequence);
    }

    [Fact]
    public void Valid_retention_rules_are_accepted()
    {
        var rules = Rules(("orders/*", Day, null), ("t", null, 1));
        (rules.MaxAge, rules.MaxCount) = (TimeSpan.FromMinutes(1), 1);
        Assert.True(new RetentionOptionsValidator().Validate(null, rules).Succeeded);
    }

    [Fact]
    public void Every_invalid_retention_rule_is_refused_by_its_key()
    {
        var rules = Rules(("", Day, null), ("t", null, null), ("u", TimeSpan.FromSeconds(59), 0));
        (rules.MaxAge, rules.MaxCount) = (TimeSpan.Zero, -1);
        Assert.Equal(
            [
                "Retention:MaxAge must be 00:01:00 to 36500.00:00:00, such as 30.00:00:00 for 30 days.",
                "Retention:MaxCount must be 1 or more.",
                "Retention:Topics:0:Match is \"\"; give a topic or a pattern such as \"orders/*\".",
                "Retention:Topics:1:MaxAge and MaxCount are both missing; give one of them.",
                "Retention:Topics:2:MaxAge must be 00:01:00 to 36500.00:00:00, such as 30.00:00:00 for 30 days.",
                "Retention:Topics:2:MaxCount must be 1 or more.",
            ],
            new RetentionOptionsValidator().Validate(null, rules).Failures);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static RetentionOptions Rules(params (string Match, TimeSpan? MaxAge, long? MaxCount)[] topics)
    {
        var rules = new RetentionOptions();
        foreach (var (match, age, count) in topics) rules.Topics.Add(new TopicRetention { Match = match, MaxAge = age, MaxCount = count });
        return rules;
    }

    /// <summary>One on each topic, in this order.</summary>
    private async Task PublishAsync(params string[] topics) =>
        await _store.Hub.PublishAsync([.. topics.Select(topic => Drafts.Text("x", topic))], "tester", null, cancellation: Cancellation);

    private Task<Notification> UpdateAsync(long sequence) => _store.Hub.UpdateAsync(_store.Hub.Epochs.CursorOf(sequence), "editor", draft => draft with { Title = "New" }, Cancellation);

    private Task<ResumePoint> ResumeAsync(long after, string topic) =>
        _store.Hub.ResumeAsync(_store.Hub.Epochs.CursorOf(after).ToString(), new([topic]), _store.Hub.LastDispatched, Cancellation);

    private async Task<List<long>> KeptAfterAsync(RetentionOptions rules)
    {
        await _store.DispatchedAsync();
        await _store.TrimAsync(rules);
        var kept = await _store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Limit: 1_000), Cancellation);
        return [.. kept.Notifications.Select(n => n.Id.Sequence).Order()];
    }

    private async Task<List<long>> EntriesAsync() => [.. (await _store.Log.ReadAsync(new(["t"]), 0, 100, 100, Cancellation)).Entries.Select(entry => entry.Cursor.Sequence)];
}
