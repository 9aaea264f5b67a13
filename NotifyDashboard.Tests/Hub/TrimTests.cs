using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public sealed class TrimTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTime _time = new();
    private TestHub _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await TestHub.StartAsync(time: _time);

    [Fact]
    public async Task Trim_deletes_due_notifications_and_keeps_the_others()
    {
        await KeepAsync("demo/bell", Hour);
        await _store.PublishAsync("kept", "demo/bell");
        await KeepAsync("demo/bell", 2 * Hour);
        _time.Advance(Hour - TimeSpan.FromMilliseconds(1));
        await _store.TrimAsync();
        Assert.Equal([3, 2, 1], await NewestAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _store.TrimAsync();
        Assert.Equal([3, 2], await NewestAsync());
        Assert.Null(await _store.Log.FindAsync(_store.Hub.Epochs.CursorOf(1), Cancellation));
        Assert.Equal([2, 3], (await _store.Log.ReadAsync(new(["demo/bell"]), 0, 3, 10, Cancellation)).Entries.Select(e => e.Cursor.Sequence));
    }

    [Fact]
    public async Task Resume_from_before_a_trimmed_notification_reports_a_gap_only_on_its_topics()
    {
        await _store.PublishAsync("first", "demo/bell", "other");
        await KeepAsync("demo/bell", Hour);
        await _store.PublishAsync("last", "demo/bell", "other");
        await TrimAfterAnHourAsync();
        Assert.Equal((GapReason.Trimmed, 2L, 3L), await ResumeAsync(1, "demo/bell"));
        Assert.Equal((GapReason.Trimmed, 2L, 3L), await ResumeAsync(1, "demo/*"));
        Assert.Equal((null, 1L, null), await ResumeAsync(1, "other"));
        Assert.Equal((null, 2L, null), await ResumeAsync(2, "demo/bell"));
        Assert.Equal((null, 0L, null), await ResumeAsync(null, "demo/bell"));
    }

    [Fact]
    public async Task Resume_of_a_fully_trimmed_topic_reports_a_gap_and_continues_from_the_head()
    {
        await _store.PublishAsync("first", "other");
        await KeepAsync("demo/bell", Hour);
        await TrimAfterAnHourAsync();
        Assert.Equal((GapReason.Trimmed, 2L, null), await ResumeAsync(1, "demo/bell"));
    }

    [Fact]
    public async Task Trimmed_notification_is_not_read_from_the_replay_buffer()
    {
        await KeepAsync("demo/bell", Hour);
        await _store.PublishAsync("kept", "demo/bell");
        await TrimAfterAnHourAsync();
        var frames = new List<Frame>();
        Assert.True(_store.Hub.ReplayBuffer.TryRead(new(["demo/bell"]), WireForm.Plain, 0, frames, 10, 1_000_000, out var readThrough));
        Assert.Equal((2L, 2L), (Assert.Single(frames).Sequence, readThrough));
    }

    [Fact]
    public async Task Trim_of_many_notifications_deletes_all_of_them_and_their_search_entries()
    {
        for (var i = 0; i < 450; i++) await KeepAsync("demo/bell", Hour);
        await TrimAfterAnHourAsync();
        Assert.Empty(await NewestAsync());
        Assert.Empty((await _store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Text: "hello"), Cancellation)).Notifications);
    }

    [Fact]
    public async Task Trim_of_a_private_notification_is_reported_only_to_filters_that_could_see_it()
    {
        await _store.PublishAsync("first", "other");
        await _store.Hub.PublishAsync(Drafts.Text("secret", "users/bob") with { Private = true }, "tester", Hour, Cancellation);
        await TrimAfterAnHourAsync();
        var trimmed = (await _store.Log.OpenAsync(Cancellation)).Trimmed;
        foreach (var known in new[] { _store.Hub.Trimmed, trimmed })
        {
            Assert.False(known.HasAfter(1, new(["users/bob"])));
            Assert.False(known.HasAfter(1, new([], [TopicPattern.Any])));
            Assert.False(known.HasAfter(1, new(["users/bob"], [TopicPattern.Any], granted: new(["users/alice"]))));
            Assert.True(known.HasAfter(1, new(["users/bob"], granted: new(["users/bob"]))));
            Assert.True(known.HasAfter(1, new([], [TopicPattern.Any], granted: new(["users/bob"]))));
            Assert.False(known.HasAfter(1, new(["users/alice"], granted: new(["users/bob"]))));
            Assert.True(known.HasAfter(1, TopicFilter.Everything));
        }
    }

    [Fact]
    public async Task Trimmed_sequences_are_known_after_a_restart()
    {
        await KeepAsync("demo/bell", Hour);
        await TrimAfterAnHourAsync();
        var state = await _store.Log.OpenAsync(Cancellation);
        Assert.True(state.Trimmed.HasAfter(0, new(["demo/bell"])));
        Assert.False(state.Trimmed.HasAfter(1, new(["demo/bell"])));
        Assert.Equal(1, state.Head);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<Notification> KeepAsync(string topic, TimeSpan retainFor) => _store.Hub.PublishAsync(Drafts.Text("hello", topic), "tester", retainFor, Cancellation);

    private async Task TrimAfterAnHourAsync()
    {
        await _store.DispatchedAsync();
        _time.Advance(Hour);
        await _store.TrimAsync();
    }

    private async Task<List<long>> NewestAsync() =>
        [.. (await _store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Limit: 1_000), Cancellation)).Notifications.Select(n => n.Id.Sequence)];

    /// <param name="after">Null: from the earliest.</param>
    private async Task<(GapReason? Gap, long Position, long? Oldest)> ResumeAsync(long? after, string asked)
    {
        var filter = asked.EndsWith('*') && TopicPattern.TryParse(asked, out var pattern) ? new TopicFilter([], [pattern]) : new TopicFilter([asked]);
        var text = after is { } sequence ? _store.Hub.Epochs.CursorOf(sequence).ToString() : ResumePoint.Earliest;
        var found = await _store.Hub.ResumeAsync(text, filter, _store.Hub.LastDispatched, Cancellation);
        return (found.Gap, found.Position, found.Oldest?.Sequence);
    }
}
