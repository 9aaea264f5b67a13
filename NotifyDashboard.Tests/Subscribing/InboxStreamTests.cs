using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

/// <summary>A recipient's streams tell of the inbox, on all tabs and devices.</summary>
public sealed class InboxStreamTests(SharedTokenServer shared) : IClassFixture<SharedTokenServer>
{
    private readonly string _alice = Names.New("alice"), _bob = Names.New("bob");
    private readonly ManualTime _manual = new();
    private TimeProvider _time = TimeProvider.System;
    private bool _caughtUp;
    private FaultyInbox _inbox = null!;
    private HubServer _hub = shared.Hub;

    [Fact]
    public async Task Hello_carries_preferences_and_counts_up_to_where_the_stream_begins()
    {
        var id = await _hub.PublishAsync(new { title = "Hers", topic = $"users/{_alice}" });
        using var stream = await _hub.OpenAsAsync(Token(_alice));
        var hello = StreamReading.Json(stream.Hello);
        Assert.Equal((id, id), (stream.Hello.EventId, hello.GetProperty("counts").GetProperty("countsAt").GetString()));
        Assert.Equal((1, 1), Counts(hello));
        Assert.True(hello.GetProperty("preferences").GetProperty("criticalBreaksThrough").GetBoolean());
        using var nobody = await _hub.OpenAsync();
        Assert.False(StreamReading.Json(nobody.Hello).TryGetProperty("counts", out _));
    }

    [Fact]
    public async Task A_mark_reaches_all_streams_of_its_recipient_and_nobody_else()
    {
        using var first = await _hub.OpenAsAsync(Token(_alice));
        using var second = await _hub.OpenAsAsync(Token(_alice));
        using var bob = await _hub.OpenAsAsync(Token(_bob));
        using var nobody = await _hub.OpenAsync();
        var id = await _hub.PublishAsync(new { title = "One" });
        foreach (var stream in new[] { first, second, bob, nobody }) Assert.Equal(id, (await stream.NextAsync()).EventId);
        await PostAsync(_alice, "read", new { ids = new[] { id } });
        foreach (var stream in new[] { first, second })
        {
            var read = await stream.NextAsync();
            Assert.Equal(("hub.read", null), (read.EventType, read.EventId));
            var json = StreamReading.Json(read);
            Assert.Equal(("read", id, (0, 0)), (json.GetProperty("change").GetString(), json.GetProperty("ids")[0].GetString(), Counts(json)));
            Assert.Equal(JsonValueKind.Null, json.GetProperty("upTo").ValueKind);
        }
        var last = await _hub.PublishAsync(new { title = "Two" });
        foreach (var stream in new[] { bob, nobody }) Assert.Equal(last, (await stream.NextAsync()).EventId);
        await PostAsync(_alice, "read", new { upTo = last });
        Assert.Equal(last, (await first.NextAsync()).EventId);
        var all = StreamReading.Json(await first.NextAsync());
        Assert.Equal(("read-all", last), (all.GetProperty("change").GetString(), all.GetProperty("upTo").GetString()));
    }

    [Fact]
    public async Task Each_device_gets_the_counts_of_its_own_token()
    {
        var order = Names.New("orders/7");
        using var wide = await _hub.OpenAsAsync(Token(_alice, new { inbox = new[] { order } }));
        using var narrow = await _hub.OpenAsAsync(Token(_alice));
        await _hub.PublishAsync(new { title = "Order", topic = order });
        var both = await _hub.PublishAsync(new { title = "Shared" });
        await wide.TakeAsync(2);
        await narrow.NextAsync();
        await PostAsync(_alice, "seen", new { ids = new[] { both } });
        Assert.Equal((1, 2), Counts(StreamReading.Json(await wide.NextAsync())));
        Assert.Equal((0, 1), Counts(StreamReading.Json(await narrow.NextAsync())));
    }

    [Fact]
    public async Task The_answer_to_a_mark_and_the_streams_of_the_same_token_share_one_reading_of_the_counts()
    {
        await using var own = StartWithTime();
        using var first = await _hub.OpenAsAsync(Token(_alice));
        using var second = await _hub.OpenAsAsync(Token(_alice));
        var id = await _hub.PublishAsync(new { title = "One" });
        var before = _inbox.Reads;
        await PostAsync(_alice, "read", new { ids = new[] { id } });
        Assert.Equal(before + 1, _inbox.Reads);
        foreach (var stream in new[] { first, second }) Assert.Equal((0, 0), Counts(await NextReadAsync(stream)));
    }

    [Fact]
    public async Task Changed_preferences_reach_other_devices_with_new_counts()
    {
        using var stream = await _hub.OpenAsAsync(Token(_alice));
        await _hub.PublishAsync(new { title = "One" });
        await stream.NextAsync();
        using (var answer = await _hub.SendAsync(HttpMethod.Put, "/api/inbox/preferences", Token(_alice), JsonContent.Create(new { muted = new { topics = new[] { "broadcast" } } }))) answer.EnsureSuccessStatusCode();
        var json = StreamReading.Json(await stream.NextAsync());
        Assert.Equal(("preferences", "broadcast", (0, 0)), (json.GetProperty("change").GetString(), json.GetProperty("preferences").GetProperty("muted").GetProperty("topics")[0].GetString(), Counts(json)));
    }

    [Fact]
    public async Task Snoozed_notification_returns_as_unread_when_its_snooze_ends()
    {
        await using var own = StartWithTime();
        using var stream = await _hub.OpenAsAsync(Token(_alice));
        var id = await _hub.PublishAsync(new { title = "One" });
        await stream.NextAsync();
        await PostAsync(_alice, "snooze", new { ids = new[] { id }, until = _time.GetUtcNow().AddMinutes(1) });
        Assert.Equal((0, 0), Counts(StreamReading.Json(await stream.NextAsync())));
        _manual.Advance(TimeSpan.FromSeconds(61));
        var back = await NextReadAsync(stream);
        Assert.Equal(("unread", id, (1, 1)), (back.GetProperty("change").GetString(), back.GetProperty("ids")[0].GetString(), Counts(back)));
    }

    [Fact]
    public async Task Stream_that_missed_a_mark_gets_new_counts_once_the_store_works_again()
    {
        await using var own = StartWithTime();
        using var stream = await _hub.OpenAsAsync(Token(_alice));
        var id = await _hub.PublishAsync(new { title = "One" });
        await stream.NextAsync();
        var failed = _inbox.FailAsync();
        // The mark itself is stored; only the counts for the answer and the streams cannot be read.
        using (var answer = await _hub.SendAsync(HttpMethod.Post, "/api/inbox/read", Token(_alice), JsonContent.Create(new { ids = new[] { id } })))
        {
            Assert.DoesNotContain("Nothing was stored", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await ProblemAssert.IsAsync(answer, HttpStatusCode.ServiceUnavailable, "unavailable");
        }
        await failed;
        var next = NextReadAsync(stream);
        await Eventually.TrueAsync(() =>
        {
            _manual.Advance(TimeSpan.FromSeconds(1));
            return next.IsCompleted;
        });
        var json = await next;
        Assert.Equal(("trimmed", 0, (0, 0)), (json.GetProperty("change").GetString(), json.GetProperty("ids").GetArrayLength(), Counts(json)));
    }

    [Fact]
    public async Task A_stream_that_is_behind_gets_one_frame_with_fresh_counts_when_it_is_live_again()
    {
        await using var own = StartWithTime();
        const int count = 400, marks = 20;
        var ticket = (await _hub.TicketAsync(Token(_alice))).GetProperty("ticket").GetString();
        using var stuck = await StuckPeer.OpenAsync(_hub, "?ticket=" + ticket);
        using var other = await _hub.OpenAsAsync(Token(_alice));
        var reading = other.TakeAsync(count);
        await _hub.PublishAsync(count, _ => Drafts.Text(new string('x', 40_000), "broadcast"));
        var ids = (await reading).Select(item => item.EventId!).ToList();
        await stuck.BlockedAsync();
        foreach (var id in ids.Take(marks)) await PostAsync(_alice, "read", new { ids = new[] { id } });
        await PostAsync(_alice, "read", new { upTo = ids[^1] });
        Assert.All(await other.TakeAsync(marks + 1), item => Assert.Equal("hub.read", item.EventType));

        var received = new List<SseItem<string>>();
        var taking = TakeAsync();
        await Eventually.TrueAsync(() =>
        {
            if (Volatile.Read(ref _caughtUp)) _manual.Advance(TimeSpan.FromSeconds(1));
            return taking.IsCompleted;
        });
        await taking;
        Assert.Equal(ids, received.Where(item => item.EventType == "message" || item.EventType == "notification").Select(item => item.EventId!));
        var json = StreamReading.Json(Assert.Single(received, item => item.EventType == "hub.read"));
        Assert.Equal(("trimmed", (0, 0)), (json.GetProperty("change").GetString(), Counts(json)));

        async Task TakeAsync()
        {
            await foreach (var item in stuck.ReadAsync())
            {
                received.Add(item);
                if (item.EventId == ids[^1]) Volatile.Write(ref _caughtUp, true);
                if (item.EventType == "hub.read") return;
            }
        }
    }

    private HubServer StartWithTime() => _hub = Hubs.Start(services => services.AddSingleton<TimeProvider>(_time = _manual).AddSingleton<IInbox>(provider => _inbox = new(provider.GetRequiredService<IInboxStore>())), Jwt.Pairs);

    private string Token(string sub, object? claims = null) => Jwt.Of(sub, claims, now: _time.GetUtcNow());

    private static (int Unseen, int Unread) Counts(JsonElement json) => (json.GetProperty("counts").GetProperty("unseen").GetInt32(), json.GetProperty("counts").GetProperty("unread").GetInt32());

    private static async Task<JsonElement> NextReadAsync(StreamReading stream)
    {
        SseItem<string> item;
        // Time moves here, and with it the heartbeat.
        do item = await stream.NextAsync();
        while (item.EventType != "hub.read");
        return StreamReading.Json(item);
    }

    private async Task PostAsync(string sub, string mark, object body)
    {
        using var answer = await _hub.SendAsync(HttpMethod.Post, "/api/inbox/" + mark, Token(sub), JsonContent.Create(body));
        answer.EnsureSuccessStatusCode();
    }

    private sealed class FaultyInbox(IInbox inbox) : IInbox
    {
        private TaskCompletionSource? _failing;
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        /// <summary>The next reading fails.</summary>
        public Task FailAsync() => (_failing = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public Task<InboxState> ReadStateAsync(Recipient recipient, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _reads);
            if (Interlocked.Exchange(ref _failing, null) is not { } failing) return inbox.ReadStateAsync(recipient, cancellation);
            failing.SetResult();
            throw new StoreUnavailableException("A fault of the tests.");
        }
    }
}
