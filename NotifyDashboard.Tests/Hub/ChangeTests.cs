using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public sealed class ChangeTests : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTime _time = new();
    private TestHub _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Everything out of the replay buffer, and everything but the last out of the log.</summary>
    public static TheoryData<int> BufferSizes => [1_000_000, 1];

    [Theory]
    [MemberData(nameof(BufferSizes))]
    public async Task Update_is_live_at_its_own_cursor_and_replayed_in_the_place_of_the_original(int bufferBytes)
    {
        await StartAsync(bufferBytes);
        var live = await HandReader.JoinAsync(_store, null, "t");
        await _store.PublishAsync("first", "t");
        Assert.Equal(["1 first"], await live.ReadShortAsync());
        await _store.PublishAsync("between", "t");
        await UpdateAsync(1, "second");
        Assert.Equal(["2 between", "3 update 1 second"], await live.ReadShortAsync());
        Assert.Equal(["1 second", "2 between"], await ReplayAsync(0));
        Assert.Equal(["2 between", "3 update 1 second"], await ReplayAsync(1));
        Assert.Equal(["3 update 1 second"], await ReplayAsync(2));
        Assert.Equal([], await ReplayAsync(3));
    }

    [Theory]
    [MemberData(nameof(BufferSizes))]
    public async Task Only_the_newest_of_two_updates_is_delivered_and_replayed(int bufferBytes)
    {
        await StartAsync(bufferBytes);
        await _store.PublishAsync("first", "t");
        var behind = await HandReader.JoinAsync(_store, null, "t");
        await UpdateAsync(1, "second");
        await _store.PublishAsync("between", "t");
        await UpdateAsync(1, "third");
        Assert.Equal(["3 between", "4 update 1 third"], await behind.ReadShortAsync());
        Assert.Equal(["3 between", "4 update 1 third"], await ReplayAsync(1));
        Assert.Equal(["1 third", "3 between"], await ReplayAsync(0));
    }

    [Fact]
    public async Task An_update_leaves_topics_type_private_and_the_publishers_keys_as_they_are()
    {
        await StartAsync();
        await _store.PublishAsync(Drafts.Text("first", "t") with { Type = "order", ExternalId = "e", CollapseKey = "c" });
        var elsewhere = await HandReader.JoinAsync(_store, null, "u");
        _time.Advance(Hour);
        var given = await _store.Hub.UpdateAsync(At(1), "editor", stored => stored with
        {
            Topics = ["u"],
            Type = "other",
            Private = true,
            ExternalId = "f",
            CollapseKey = "d",
            Title = "Second",
        }, Cancellation);
        foreach (var updated in new[] { given, await FindAsync(1) })
        {
            var draft = updated.Draft;
            Assert.Equal("t", Assert.Single(draft.Topics));
            Assert.Equal(("order", false, "e", "c", "Second", "first"), (draft.Type, draft.Private, draft.ExternalId, draft.CollapseKey, draft.Title, draft.Data?.Text));
            Assert.Equal((Drafts.Noon, _time.GetUtcNow()), (updated.PublishedAt, updated.UpdatedAt));
        }
        Assert.Equal([], await elsewhere.ReadShortAsync());
    }

    [Fact]
    public async Task Update_of_a_missing_retracted_or_expired_notification_is_refused()
    {
        await StartAsync();
        await _store.PublishAsync("x", "t");
        await _store.PublishAsync(Drafts.Text("x", "t") with { ExpiresAt = _time.GetUtcNow() + Hour });
        await _store.Hub.RetractAsync(At(1), "owner", Cancellation);
        _time.Advance(Hour);
        Assert.Equal(Retraction.Retracted, await ReasonAsync(1));
        Assert.Equal(Retraction.Expired, await ReasonAsync(2));
        Assert.Null(await ReasonAsync(3)); // the retract: no notification
        Assert.Null(await ReasonAsync(9));
        await Assert.ThrowsAsync<NotificationGoneException>(() => _store.Hub.RetractAsync(At(9), "owner", Cancellation));
        await Assert.ThrowsAsync<NotificationGoneException>(() => _store.Hub.RetractAsync(new Cursor("0other0", 2), "owner", Cancellation));

        async Task<string?> ReasonAsync(long sequence) => (await Assert.ThrowsAsync<NotificationGoneException>(() => UpdateAsync(sequence, "y"))).Retraction?.Reason;
    }

    [Fact]
    public async Task Invalid_update_changes_nothing_and_does_not_affect_concurrent_publishes()
    {
        await StartAsync();
        await _store.PublishAsync("first", "t");
        var neighbours = Enumerable.Range(0, 10).Select(i => _store.PublishAsync($"{i}", "t")).ToArray();
        var error = await Assert.ThrowsAsync<InvalidDraftException>(() => _store.Hub.UpdateAsync(At(1), "editor", draft => draft with { Title = new string('x', 201) }, Cancellation));
        Assert.Equal("title_too_long", Assert.Single(error.Errors).Rule);
        await Task.WhenAll(neighbours);
        var stored = await FindAsync(1);
        Assert.Equal((null, null), (stored.Draft.Title, stored.UpdatedAt));
        Assert.Equal(11, (await ReplayAsync(0)).Count);
    }

    [Theory]
    [MemberData(nameof(BufferSizes))]
    public async Task Retract_reaches_subscribers_with_the_notification_and_replay_never_shows_it_again(int bufferBytes)
    {
        await StartAsync(bufferBytes);
        await _store.PublishAsync("secret", "t");
        var live = await HandReader.JoinAsync(_store, 0, "t");
        Assert.Equal(["1 secret"], await live.ReadShortAsync());
        await UpdateAsync(1, "secret too");
        await _store.Hub.RetractAsync(At(1), "owner", Cancellation);
        await _store.PublishAsync("after", "t");
        Assert.Equal(["3 retract 1 retracted", "4 after"], await live.ReadShortAsync());
        Assert.Equal(["4 after"], await ReplayAsync(0));
        Assert.Equal(["3 retract 1 retracted", "4 after"], await ReplayAsync(1));
        Assert.Equal(["3 retract 1 retracted", "4 after"], await ReplayAsync(2));
        var page = await _store.Log.ReadAsync(new(["t"]), 0, 4, 10, Cancellation);
        Assert.Equal([3, 4], page.Entries.Select(entry => entry.Cursor.Sequence));
        Assert.Empty((await _store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Text: "secret"), Cancellation)).Notifications);
    }

    [Fact]
    public async Task Retracted_notification_keeps_its_metadata_and_a_second_retract_changes_nothing()
    {
        await StartAsync();
        await _store.PublishAsync(Drafts.Full with { ExternalId = "e", CollapseKey = "c", ExpiresAt = _time.GetUtcNow() + (9 * Hour) });
        _time.Advance(Hour);
        var given = await _store.Hub.RetractAsync(At(1), "owner", Cancellation);
        _time.Advance(Hour);
        var again = await _store.Hub.RetractAsync(At(1), "another", Cancellation);
        foreach (var tombstone in new[] { given, again, await FindAsync(1) })
        {
            var bare = new NotificationDraft { Topics = tombstone.Draft.Topics, Type = Drafts.Full.Type, Private = true, Tags = tombstone.Draft.Tags, Actions = tombstone.Draft.Actions };
            Assert.Equal(bare, tombstone.Draft);
            Assert.Equal(Drafts.Full.Topics, tombstone.Draft.Topics);
            Assert.Empty(tombstone.Draft.Tags);
            Assert.Empty(tombstone.Draft.Actions);
            Assert.Equal((Drafts.Noon, "tester", new Retraction(Drafts.Noon + Hour, "owner", Retraction.Retracted)), (tombstone.PublishedAt, tombstone.PublishedBy, tombstone.Retraction));
        }
        await _store.DispatchedAsync();
        Assert.Equal(2, _store.Hub.LastDispatched);
    }

    [Fact]
    public async Task Collapse_key_replaces_an_older_notification_with_equal_topics_and_privacy()
    {
        await StartAsync();
        var live = await HandReader.JoinAsync(_store, null, "t", "u");
        await CollapseAsync("old", "t", "u");
        await CollapseAsync("other topics", "t");
        await _store.PublishAsync(Drafts.Text("private", "t", "u") with { CollapseKey = "c", Private = true });
        await _store.PublishAsync(Drafts.Text("other key", "t", "u") with { CollapseKey = "d" });
        await CollapseAsync("new", "u", "t");
        await CollapseAsync("newest", "t", "u");
        Assert.Equal(["2 other topics", "4 other key", "5 retract 1 collapsed", "7 retract 6 collapsed", "8 newest"], await live.ReadShortAsync());
        Assert.Equal(["2 other topics", "4 other key", "8 newest"], await ReplayAsync(0, "t", "u"));
        Assert.Equal((null, "private"), ((await FindAsync(3)).Retraction, (await FindAsync(3)).Draft.Data?.Text));
        Assert.Equal((Retraction.Collapsed, null), ((await FindAsync(1)).Retraction?.Reason, (await FindAsync(1)).Draft.Data));
    }

    [Theory]
    [MemberData(nameof(BufferSizes))]
    public async Task Expired_notification_is_never_delivered_even_before_its_expiry_is_logged(int bufferBytes)
    {
        await StartAsync(bufferBytes);
        var behind = await HandReader.JoinAsync(_store, null, "t");
        await ExpireAsync("short");
        await _store.PublishAsync("first", "t");
        await UpdateAsync(2, "changed", Drafts.Noon + Hour);
        await _store.PublishAsync("last", "t");
        Assert.Equal(["1 short", "2 changed", "4 last"], await ReplayAsync(0));
        _time.Advance(Hour - TimeSpan.FromMilliseconds(1));
        Assert.Equal(["1 short", "2 changed", "4 last"], await ReplayAsync(0));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["4 last"], await ReplayAsync(0));
        Assert.Equal(["4 last"], await behind.ReadShortAsync());
    }

    [Fact]
    public async Task Expired_notification_is_retracted_once_and_kept_in_the_history()
    {
        await StartAsync();
        var live = await HandReader.JoinAsync(_store, null, "t");
        await ExpireAsync("short");
        await _store.Hub.ProcessDueAsync(Cancellation);
        Assert.Equal(["1 short"], await live.ReadShortAsync());
        _time.Advance(Hour);
        await _store.Hub.ProcessDueAsync(Cancellation);
        await _store.Hub.ProcessDueAsync(Cancellation);
        Assert.Equal(["2 retract 1 expired"], (await live.ReadShortAsync()).Select(line => line.Replace("expiredshort", "expired", StringComparison.Ordinal)));
        Assert.Equal([], await ReplayAsync(0));
        var kept = Assert.Single((await _store.Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Text: "short"), Cancellation)).Notifications);
        Assert.Equal(("short", new Retraction(Drafts.Noon + Hour, "", Retraction.Expired)), (kept.Draft.Data?.Text, kept.Retraction));
        // Its content can still be taken back.
        Assert.Null((await _store.Hub.RetractAsync(At(1), "owner", Cancellation)).Draft.Data);
        Assert.Null((await FindAsync(1)).Draft.Data);
    }

    [Fact]
    public async Task Update_moves_the_expiry_time()
    {
        await StartAsync();
        await ExpireAsync("short");
        await UpdateAsync(1, "longer", Drafts.Noon + (2 * Hour));
        _time.Advance(Hour);
        await _store.Hub.ProcessDueAsync(Cancellation);
        Assert.Equal(["1 longer"], await ReplayAsync(0));
        await UpdateAsync(1, "shorter", _time.GetUtcNow() + (Hour / 2));
        _time.Advance(Hour / 2);
        await _store.Hub.ProcessDueAsync(Cancellation);
        Assert.Equal(Retraction.Expired, (await FindAsync(1)).Retraction?.Reason);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
    }

    private async Task StartAsync(int bufferBytes = 1_000_000) => _store = await TestHub.StartAsync(new HubOptions { HotTailBytes = bufferBytes }, _time);

    private Cursor At(long sequence) => _store.Hub.Epochs.CursorOf(sequence);

    private async Task<Notification> FindAsync(long sequence) => (await _store.Log.FindAsync(At(sequence), Cancellation))!;

    private Task<Notification> CollapseAsync(string text, params string[] topics) => _store.PublishAsync(Drafts.Text(text, topics) with { CollapseKey = "c" });

    private Task<Notification> ExpireAsync(string text) => _store.PublishAsync(Drafts.Text(text, "t") with { ExpiresAt = _time.GetUtcNow() + Hour });

    private Task<Notification> UpdateAsync(long sequence, string text, DateTimeOffset? expiresAt = null) =>
        _store.Hub.UpdateAsync(At(sequence), "editor", draft => draft with { Data = NotificationData.FromString(text), ExpiresAt = expiresAt ?? draft.ExpiresAt }, Cancellation);

    private Task<List<string>> ReplayAsync(long after) => ReplayAsync(after, "t");

    private async Task<List<string>> ReplayAsync(long after, params string[] topics)
    {
        var reader = await HandReader.JoinAsync(_store, after, topics);
        Assert.Null(reader.Start.Gap);
        var read = await reader.ReadShortAsync();
        await _store.Hub.UnsubscribeAsync(reader.Subscriber);
        return read;
    }
}
