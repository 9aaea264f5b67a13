using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

/// <summary>External ids, idempotency keys and batches.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private TestHub _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await TestHub.StartAsync(time: _time);

    [Fact]
    public async Task Taken_external_id_is_refused_with_its_owner_and_free_after_a_retract()
    {
        var first = await PublishAsync("first", "e");
        var refused = await Assert.ThrowsAsync<ExternalIdTakenException>(() => PublishAsync("second", "e"));
        Assert.Equal(("e", first.Id.ToString(), "first"), (refused.ExternalId, refused.Existing, refused.Owner.Data?.Text));
        Assert.Single(await TextsAsync());
        await _store.Hub.RetractAsync(first.Id, "owner", Cancellation);
        await PublishAsync("third", "e");
        Assert.Equal(["third"], await TextsAsync());
    }

    [Fact]
    public async Task External_id_is_case_sensitive() => Assert.NotEqual((await PublishAsync("x", "e")).Id, (await PublishAsync("x", "E")).Id);

    [Fact]
    public async Task Refused_batch_stores_nothing_and_does_not_affect_concurrent_publishes()
    {
        await PublishAsync("first", "e");
        var before = _store.PublishAsync("before", "t");
        var twice = BatchAsync(null, Named("a", "x"), Named("b", "y"), Named("c", "x"));
        var taken = BatchAsync(null, Named("a", "x"), Named("b", "e"));
        var wrong = BatchAsync(null, Named("a", "x"), Drafts.Text("b", "t") with { Type = "hub.bye" });
        var after = _store.PublishAsync("after", "t");
        Assert.Equal("[2].externalId", Assert.Single((await Assert.ThrowsAsync<InvalidDraftException>(() => twice)).Errors).Field);
        await Assert.ThrowsAsync<ExternalIdTakenException>(() => taken);
        Assert.Equal("[1].type", Assert.Single((await Assert.ThrowsAsync<InvalidDraftException>(() => wrong)).Errors).Field);
        await Task.WhenAll(before, after);
        Assert.Equal(["first", "before", "after"], await TextsAsync());
        await PublishAsync("free", "x");
    }

    [Fact]
    public async Task A_batch_is_stored_in_its_order_and_at_one_time()
    {
        var live = await HandReader.JoinAsync(_store, null, "t");
        var stored = await BatchAsync(null, [.. Enumerable.Range(0, 100).Select(i => Drafts.Text($"{i}", "t"))]);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => ($"{i}", i + 1L)), stored.Select(n => (n.Draft.Data!.Value.Text, n.Id.Sequence)));
        Assert.Equal(Drafts.Noon, Assert.Single(stored.Select(n => n.PublishedAt).Distinct()));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i + 1} {i}"), await live.ReadShortAsync());
    }

    [Fact]
    public async Task Last_notification_of_a_batch_with_one_collapse_key_replaces_the_others()
    {
        var live = await HandReader.JoinAsync(_store, null, "t");
        var stored = await BatchAsync(null, [.. Enumerable.Range(0, 3).Select(i => Drafts.Text($"{i}", "t") with { CollapseKey = "c" })]);
        Assert.Equal([1, 3, 5], stored.Select(n => n.Id.Sequence));
        Assert.Equal("5 2", (await live.ReadShortAsync())[^1]);
        Assert.Equal(["2"], await TextsAsync());
    }

    [Fact]
    public async Task Repeated_idempotency_key_returns_the_first_answer_and_refuses_another_body()
    {
        NotificationDraft[] drafts = [Drafts.Text("1", "t"), Drafts.Text("2", "t")];
        var first = await BatchAsync(Key("k", 1), drafts);
        _time.Advance(TimeSpan.FromMinutes(1));
        var again = await BatchAsync(Key("k", 1), drafts);
        Assert.Equal(first.Select(n => (n.Id, n.PublishedAt, n.Draft.Data)), again.Select(n => (n.Id, n.PublishedAt, n.Draft.Data)));
        await Assert.ThrowsAsync<IdempotencyMismatchException>(() => BatchAsync(Key("k", 2), drafts));
        await BatchAsync(Key("k", 2) with { Owner = "another" }, Drafts.Text("3", "t"));
        Assert.Equal(["1", "2", "3"], await TextsAsync());
    }

    [Fact]
    public async Task Concurrent_requests_with_one_idempotency_key_store_one_notification()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => BatchAsync(Key("k", 1), Named("x", "e")))));
        Assert.Single(answers.Select(answer => answer[0].Id).Distinct());
        Assert.Single(await TextsAsync());
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        var first = await PublishAsync("first", "e");
        await Assert.ThrowsAsync<ExternalIdTakenException>(() => BatchAsync(Key("k", 1), Named("x", "e")));
        await _store.Hub.RetractAsync(first.Id, "owner", Cancellation);
        await BatchAsync(Key("k", 1), Named("x", "e"));
        Assert.Equal(["x"], await TextsAsync());
    }

    [Fact]
    public async Task Idempotency_key_survives_a_restart_and_expires_after_a_day()
    {
        var first = await BatchAsync(Key("k", 1), Drafts.Text("x", "t"));
        await _store.Log.OpenAsync(Cancellation);
        _time.Advance(Idempotency.KeptFor - TimeSpan.FromMilliseconds(1));
        Assert.Equal(first[0].Id, (await BatchAsync(Key("k", 1), Drafts.Text("x", "t")))[0].Id);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(first[0].Id, (await BatchAsync(Key("k", 2), Drafts.Text("x", "t")))[0].Id);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static Idempotency Key(string key, byte body) => new("tester", key, [body]);

    private static NotificationDraft Named(string text, string externalId) => Drafts.Text(text, "t") with { ExternalId = externalId };

    private Task<Notification> PublishAsync(string text, string externalId) => _store.PublishAsync(Named(text, externalId));

    private Task<IReadOnlyList<Notification>> BatchAsync(Idempotency? once, params NotificationDraft[] drafts) =>
        _store.Hub.PublishAsync(drafts, "tester", once, cancellation: Cancellation);

    private async Task<List<string?>> TextsAsync() =>
        [.. (await _store.Log.ReadAsync(new(["t"]), 0, 1_000, 1_000, Cancellation)).Entries.Where(e => e.Kind == LogEntryKind.Notification).Select(e => e.Notification.Draft.Data?.Text)];
}
