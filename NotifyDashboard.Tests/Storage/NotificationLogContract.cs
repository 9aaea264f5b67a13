using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every log.</summary>
public abstract class NotificationLogContract : IAsyncLifetime
{
    private INotificationLog _log = null!;
    private LogState _state;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The same store, opened as a new process would.</summary>
    private protected abstract INotificationLog Open();

    /// <summary>Deletes a notification without the log's knowledge.</summary>
    protected abstract Task DeleteAsync(long sequence);

    public virtual async ValueTask InitializeAsync() => await ReopenAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public void A_new_log_is_empty_and_has_an_epoch() => Assert.Equal((0L, 8), (_state.Head, _state.Epochs.CursorOf(1).Epoch.Length));

    [Fact]
    public async Task Appends_keep_their_order_and_get_rising_sequences()
    {
        var first = await AppendAsync([.. Enumerable.Range(0, 5).Select(i => Drafts.Text($"{i}", "t"))]);
        var second = await AppendAsync(Drafts.Text("5", "t"));
        Notification[] stored = [.. first, .. second];
        Assert.Equal(["0", "1", "2", "3", "4", "5"], stored.Select(Text));
        Assert.All(stored.Zip(stored.Skip(1)), pair => Assert.True(pair.First.Id.Sequence < pair.Second.Id.Sequence));
        Assert.All(stored, n => Assert.Equal(_state.Epochs.CursorOf(n.Id.Sequence), n.Id));
        Assert.Equal(stored.Select(n => n.Id), (await ReadAsync(new TopicFilter(["t"]))).Select(n => n.Id));
    }

    [Fact]
    public async Task Every_field_of_a_notification_survives_a_round_trip()
    {
        var stored = Assert.Single(await AppendAsync(Drafts.Full));
        var found = await _log.FindAsync(stored.Id, Cancellation);
        Assert.Equivalent(stored, found, strict: true);
        Assert.Equivalent(Drafts.Full, found!.Draft, strict: true);
        Assert.Equal((Drafts.Noon, "tester"), (found.PublishedAt, found.PublishedBy));
    }

    [Fact]
    public async Task Update_replaces_every_field_of_the_content_and_retract_erases_every_one()
    {
        var full = Drafts.Full;
        var id = Assert.Single(await AppendAsync(new NotificationDraft { Topics = full.Topics, Private = full.Private, Type = full.Type, ExternalId = full.ExternalId, CollapseKey = full.CollapseKey })).Id;
        await _log.AppendAsync([new UpdateChange(id, "editor", _ => full)], Drafts.Noon);
        Assert.Equivalent(full, (await _log.FindAsync(id, Cancellation))!.Draft, strict: true);
        await _log.AppendAsync([new RetractChange(id, "owner")], Drafts.Noon);
        Assert.Equivalent(new NotificationDraft { Topics = full.Topics, Private = full.Private, Type = full.Type }, (await _log.FindAsync(id, Cancellation))!.Draft, strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul\0inside")]
    [InlineData("\0")]
    [InlineData("cr\rlf\ncrlf\r\n")]
    [InlineData("\ufeffbom 🎉 \u2028")]
    [InlineData("'; DROP TABLE notifications; --")]
    public async Task Any_text_of_a_notification_survives_a_round_trip(string text)
    {
        var draft = new NotificationDraft { Title = "t", Body = text, Data = NotificationData.FromString(text), Topics = ["t"] };
        var stored = Assert.Single(await AppendAsync(draft));
        var found = (await _log.FindAsync(stored.Id, Cancellation))!.Draft;
        Assert.Equal((text, text), (found.Body, found.Data!.Value.Text));
        Assert.Equal(text, Assert.Single(await ReadAsync(TopicFilter.Everything)).Draft.Body);
    }

    [Fact]
    public async Task Draft_with_few_fields_is_read_back_with_the_same_fields()
    {
        var stored = Assert.Single(await AppendAsync(new NotificationDraft { Data = new NotificationData("null", true) }));
        Assert.Equivalent(stored, await _log.FindAsync(stored.Id, Cancellation), strict: true);
    }

    [Fact]
    public async Task Read_by_topic_gives_each_entry_once_oldest_first()
    {
        await AppendAsync(Drafts.Text("1", "a"), Drafts.Text("2", "b"), Drafts.Text("3", "a", "b"), Drafts.Text("4", "c"), Drafts.Text("5", "a") with { Private = true });
        Assert.Equal(["1", "2", "3"], (await ReadAsync(new TopicFilter(["a", "b"]))).Select(Text));
        Assert.Equal(["1", "3", "5"], (await ReadAsync(new TopicFilter(["a"], includePrivate: true))).Select(Text));
        Assert.Empty(await ReadAsync(new TopicFilter(["A"])));
        Assert.Empty(await ReadAsync(new TopicFilter([])));
    }

    [Fact]
    public async Task Read_by_pattern_returns_matching_notifications()
    {
        await AppendAsync(Drafts.Text("1", "a/1"), Drafts.Text("2", "b"), Drafts.Text("3", "x", "a/2"));
        Assert.Equal(["1", "3"], (await ReadAsync(Pattern("a/:id"))).Select(Text));
        Assert.Equal(["1", "2", "3"], (await ReadAsync(TopicFilter.Everything)).Select(Text));
    }

    [Fact]
    public async Task A_read_stays_between_after_and_through()
    {
        var all = await AppendAsync([.. Enumerable.Range(1, 6).Select(i => Drafts.Text($"{i}", "t"))]);
        foreach (var filter in new[] { new TopicFilter(["t"]), TopicFilter.Everything })
        {
            var page = await _log.ReadAsync(filter, all[1].Id.Sequence, all[3].Id.Sequence, 100, Cancellation);
            Assert.Equal(["3", "4"], page.Entries.Select(e => Text(e.Notification)));
            Assert.Equal(all[3].Id.Sequence, page.ReadThrough);
            page = await _log.ReadAsync(filter, all[5].Id.Sequence, all[5].Id.Sequence, 100, Cancellation);
            Assert.Equal((0, all[5].Id.Sequence), (page.Entries.Count, page.ReadThrough));
        }
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 10)]
    [InlineData(100, 10)]
    [InlineData(7, 60_000)]
    [InlineData(600, 60_000)]
    public async Task Pages_have_no_gap_and_no_overlap(int limit, int size)
    {
        // Two of three do not match the filter, so pages end in the middle of skipped entries.
        var text = new string('x', size);
        await AppendAsync([.. Enumerable.Range(1, 60).Select(i => Drafts.Text($"{i}:{text}", i % 3 == 0 ? "mine/1" : "theirs"))]);
        TopicFilter[] all = [TopicFilter.Everything, new(["theirs", "none", "mine/1"])];
        foreach (var filter in (TopicFilter[])[.. all, new(["mine/1"]), new(["mine/1", "none"]), Pattern("mine/:id")])
        {
            var expected = Enumerable.Range(1, 60).Where(i => i % 3 == 0 || all.Contains(filter)).Select(i => $"{i}");
            Assert.Equal(expected, (await ReadAsync(filter, limit)).Select(n => Text(n).Split(':')[0]));
        }
    }

    [Theory]
    [InlineData("\"quoted\"\\")]
    [InlineData("🎉/5")]
    [InlineData("5")]
    public async Task A_topic_of_any_text_is_found_beside_others(string topic)
    {
        await AppendAsync(Drafts.Text("1", topic), Drafts.Text("2", "other"), Drafts.Text("3", topic));
        Assert.Equal(["1", "2", "3"], (await ReadAsync(new TopicFilter([topic, "other"]), limit: 1)).Select(Text));
    }

    [Fact]
    public async Task Entries_that_do_not_match_are_skipped_in_few_pages()
    {
        await AppendAsync([.. Enumerable.Range(1, 1_700).Select(i => Drafts.Text($"{i}", i == 1_699 ? "mine/1" : "theirs"))]);
        Assert.Equal(["1699"], (await ReadAsync(Pattern("mine/*"), limit: 10, mostPages: 5)).Select(Text));
        Assert.Equal(["1699"], (await ReadAsync(new TopicFilter(["mine/1"]), limit: 10, mostPages: 1)).Select(Text));
    }

    [Fact]
    public async Task History_is_newest_first_before_a_sequence_and_within_a_limit()
    {
        var all = await AppendAsync([.. Enumerable.Range(1, 20).Select(i => Drafts.Text($"{i}", i % 2 == 0 ? "even" : "odd", "all"))]);
        Assert.Equal(["20", "19", "18"], await NewestAsync(Query(limit: 3)));
        Assert.Equal(["4", "3", "2", "1"], await NewestAsync(Query(before: all[4].Id.Sequence)));
        Assert.Equal(["18", "16"], await NewestAsync(Query(topic: "even", before: all[19].Id.Sequence, limit: 2)));
        var several = Query(limit: 3) with { Asked = new TopicFilter(["even", "odd", "none", "\"quoted\"🎉"]) };
        Assert.Equal(["20", "19", "18"], await NewestAsync(several));
        Assert.Equal(["4", "3", "2"], await NewestAsync(several with { Before = all[4].Id.Sequence }));
        Assert.Empty(await NewestAsync(Query(topic: "none")));
        Assert.Empty(await NewestAsync(Query(before: all[0].Id.Sequence)));
    }

    [Fact]
    public async Task History_by_type_and_severity_finds_the_newest_among_many_others()
    {
        await AppendAsync([
            new() { Title = "rare", Type = "order", Severity = Severity.Critical, Topics = ["t"] },
            .. Enumerable.Range(1, 1_100).Select(i => new NotificationDraft { Title = $"{i}", Topics = ["t"], Severity = Severity.Info })]);
        foreach (var topic in new[] { "t", null })
        {
            Assert.Equal("rare", Assert.Single((await _log.ReadHistoryAsync(Query(topic, type: "order"), Cancellation)).Notifications).Draft.Title);
            Assert.Equal("rare", Assert.Single((await _log.ReadHistoryAsync(Query(topic, severity: "critical"), Cancellation)).Notifications).Draft.Title);
            Assert.Empty((await _log.ReadHistoryAsync(Query(topic, type: "order", severity: "info"), Cancellation)).Notifications);
        }
    }

    [Fact]
    public async Task History_of_one_publisher_has_only_theirs()
    {
        await AppendAsync(Drafts.Text("1", "t"));
        await _log.AppendAsync([new PublishChange([Drafts.Text("2", "t")], "mara")], Drafts.Noon);
        Assert.Equal(["2"], await NewestAsync(Query() with { By = "mara" }));
        Assert.Empty(await NewestAsync(Query() with { By = "Mara" }));
    }

    [Fact]
    public async Task History_leaves_out_what_the_reader_may_not_see()
    {
        await AppendAsync(Drafts.Text("1", "a"), Drafts.Text("2", "a") with { Private = true }, Drafts.Text("3", "b"));
        Assert.Equal(["1"], await NewestAsync(new HistoryQuery(TopicFilter.Everything, new TopicFilter(["a"]))));
    }

    [Fact]
    public async Task An_id_is_found_only_with_its_own_epoch()
    {
        var stored = Assert.Single(await AppendAsync(Drafts.Text("x")));
        Assert.NotNull(await _log.FindAsync(stored.Id, Cancellation));
        Assert.Null(await _log.FindAsync(stored.Id with { Epoch = "other" }, Cancellation));
        Assert.Null(await _log.FindAsync(stored.Id with { Sequence = stored.Id.Sequence + 1 }, Cancellation));
        Assert.Null(await _log.FindAsync(stored.Id with { Sequence = 0 }, Cancellation));
    }

    [Fact]
    public async Task Topics_are_suggested_by_prefix_taken_literally()
    {
        await AppendAsync([.. new[] { "users/ü1", "users/ü2", "users/u", "users/%", "users/%x", "users/_", "üsers", "🎉/1", "a", "a/b", "ab" }.Select(t => Drafts.Text("x", t, "twice"))]);
        Assert.Equal(["users/ü1", "users/ü2"], await TopicsAsync("users/ü"));
        Assert.Equal(["users/%", "users/%x"], await TopicsAsync("users/%"));
        Assert.Equal(["users/_"], await TopicsAsync("users/_"));
        Assert.Equal(["🎉/1"], await TopicsAsync("🎉"));
        Assert.Equal(["a", "a/b", "ab"], await TopicsAsync("a"));
        Assert.Equal(["a", "a/b"], await _log.ReadTopicsAsync("a", 2, Cancellation));
        Assert.Empty(await TopicsAsync("A"));
        Assert.Equal(12, (await TopicsAsync("")).Count);
    }

    [Fact]
    public async Task Opening_again_keeps_the_epoch_and_the_head()
    {
        var last = (await AppendAsync(Drafts.Text("1"), Drafts.Text("2")))[^1];
        var epoch = _state.Epochs.CursorOf(1).Epoch;
        await ReopenAsync();
        Assert.Equal((last.Id.Sequence, epoch), (_state.Head, _state.Epochs.CursorOf(1).Epoch));
        Assert.True(Assert.Single(await AppendAsync(Drafts.Text("3"))).Id.Sequence > last.Id.Sequence);
    }

    [Fact]
    public async Task Head_does_not_decrease_when_the_newest_is_deleted_and_no_id_is_reused()
    {
        var last = (await AppendAsync(Drafts.Text("1", "t"), Drafts.Text("2", "t")))[^1];
        await DeleteAsync(last.Id.Sequence);
        await ReopenAsync();
        Assert.Equal(last.Id.Sequence, _state.Head);
        Assert.Equal(["1"], (await ReadAsync(new TopicFilter(["t"]))).Select(Text));
        Assert.True(Assert.Single(await AppendAsync(Drafts.Text("3"))).Id.Sequence > last.Id.Sequence);
    }

    [Fact]
    public async Task Page_of_large_notifications_is_limited_in_bytes()
    {
        await AppendAsync([.. Enumerable.Range(0, 20).Select(_ => Drafts.Text(new string('x', 20_000), "t"))]);
        var page = await _log.ReadAsync(new TopicFilter(["t"]), 0, 20, 256, Cancellation);
        Assert.Equal((7, 7L), (page.Entries.Count, page.ReadThrough));
        Assert.Equal(20, (await ReadAsync(new TopicFilter(["t"]), 256)).Count);
    }

    private static HistoryQuery Query(string? topic = null, string? type = null, string? severity = null, long? before = null, int limit = 50) =>
        new(topic is null ? TopicFilter.Everything : new TopicFilter([topic]), TopicFilter.Everything, type, severity, before, limit);

    private static TopicFilter Pattern(string text) => new([], [TopicPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException(text)]);

    private static string Text(Notification notification) => notification.Draft.Data!.Value.Text;

    private async Task<List<string>> NewestAsync(HistoryQuery query) => [.. ((await _log.ReadHistoryAsync(query, Cancellation)).Notifications).Select(Text)];

    [Theory]
    [InlineData(null)]
    [InlineData("t")]
    public async Task Trimmable_notifications_are_found_page_by_page(string? topic)
    {
        var stored = await AppendAsync([.. Enumerable.Range(0, 6).Select(i => Drafts.Text($"{i}", "t"))]);
        var query = new TrimQuery(Newest: 1, Topic: topic, Limit: 2);
        var first = await _log.FindTrimmableAsync(query, Cancellation);
        var second = await _log.FindTrimmableAsync(query with { After = first[^1].Sequence }, Cancellation);
        Assert.Equal(stored.Take(4).Select(n => n.Id.Sequence), first.Concat(second).Select(candidate => candidate.Sequence));
    }

    private Task<IReadOnlyList<string>> TopicsAsync(string prefix) => _log.ReadTopicsAsync(prefix, 100, Cancellation);

    private async Task<IReadOnlyList<Notification>> AppendAsync(params NotificationDraft[] drafts) =>
        [.. (await _log.AppendAsync([.. drafts.Select(d => new PublishChange([d], "tester"))], Drafts.Noon)).SelectMany(outcome => outcome.Notifications)];

    private async Task ReopenAsync()
    {
        _log = Open();
        _state = await _log.OpenAsync(Cancellation);
    }

    // Page after page, like a subscriber that catches up.
    private async Task<List<Notification>> ReadAsync(TopicFilter filter, int limit = 100, int mostPages = 1_000)
    {
        var found = new List<Notification>();
        const long through = 100_000;
        for (long after = 0, pages = 0; after < through; pages++)
        {
            Assert.True(pages < mostPages);
            var page = await _log.ReadAsync(filter, after, through, limit, Cancellation);
            Assert.True(page.ReadThrough > after && page.Entries.Count <= limit);
            var notifications = page.Entries.Select(e => e.Notification);
            Assert.All(notifications, n => Assert.InRange(n.Id.Sequence, after + 1, page.ReadThrough));
            found.AddRange(notifications);
            after = page.ReadThrough;
        }
        return found;
    }
}
