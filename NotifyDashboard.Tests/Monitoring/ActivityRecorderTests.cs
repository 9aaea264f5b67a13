using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Monitoring;

/// <summary>What the hub does is counted, sampled every ten seconds, and kept over a restart.</summary>
public class ActivityRecorderTests
{
    private static readonly TimeSpan Step = ActivityStep.TenSeconds.Length;

    private readonly ManualTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_has_what_was_published_delivered_and_refused_since_the_last_one()
    {
        await using var server = Hubs.Start(_time);
        using var stream = await server.OpenAsync("?topic=t");
        await server.PublishAsync(new { topic = "t", title = "one" });
        await server.PublishAsync(new { topic = "nobody", title = "two" });
        await stream.NextAsync();
        await RefuseAsync(server);
        await Eventually.TrueAsync(() => server.Services.GetRequiredService<IOpenStreams>().Delivered == 1);
        var sample = await NextAsync(server);
        Assert.Equal(new ActivitySample(Drafts.Noon, 1, 0, 1, 0, 0, Published: 2, Delivered: 1, Refused: 2, Failed: 0, Opened: 1, Gaps: 0, TimedOut: 0), sample);
        sample = await NextAsync(server);
        Assert.Equal(new ActivitySample(Drafts.Noon + Step, 1, 0, 1, 0, null, 0, 0, 0, 0, 0, 0, 0), sample);
    }

    [Fact]
    public async Task Each_step_is_sampled_once_also_by_timers_that_fire_early()
    {
        await using var server = Hubs.Start(new EarlyTimers(_time));
        var samples = new List<DateTimeOffset>();
        for (var i = 0; i < 3; i++) samples.Add((await NextAsync(server)).At);
        Assert.Equal([Drafts.Noon, Drafts.Noon + Step, Drafts.Noon + (2 * Step)], samples);
    }

    [Fact]
    public async Task Gap_and_failed_publish_are_counted()
    {
        await using var server = Hubs.StartWithFaultyLog(out var log, services => services.AddTime(_time));
        // Deleted, so that a stream which saw the first alone is told of a gap. A cursor that is unknown is nobody's loss.
        var seen = await server.PublishAsync(new { topic = "t", title = "seen" });
        await server.Services.GetRequiredService<NotificationHub>().PublishAsync(Drafts.Text("soon gone", "t"), "tester", TimeSpan.FromTicks(1), Cancellation);
        await server.PublishAsync(new { topic = "t", title = "kept" });
        _time.Advance(TimeSpan.FromSeconds(1));
        await server.Services.GetRequiredService<NotifyDashboard.Operating.Retention>().TrimAsync(Cancellation);
        using var stream = await server.OpenAsync("?topic=t", seen);
        using var unknown = await server.OpenAsync("?topic=t", lastEventId: "elsewhere-7");
        log().OnAppend = () => throw new StoreUnavailableException("full");
        using (var refused = await server.PostAsync("""{"topic":"t","title":"x"}""")) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var sample = await NextAsync(server);
        Assert.Equal((1, 1, 0), (sample.Gaps, sample.Failed, sample.Refused));
    }

    [Fact]
    public async Task Unread_notifications_of_connected_recipients_are_counted_once_a_minute()
    {
        var inbox = new FixedInbox();
        var counter = new UnreadCounter(inbox, inbox, _time);
        Assert.Equal(5, await counter.CountAsync(Cancellation));
        Assert.Equal(new UnreadCount(5, IsExact: true), counter.Last);
        Assert.Null(await counter.CountAsync(Cancellation));
        _time.Advance(TimeSpan.FromMinutes(1));
        inbox.Unread["Bob"] = InboxCounts.Max;
        Assert.Equal(102, await counter.CountAsync(Cancellation));
        Assert.Equal(new UnreadCount(102, IsExact: false), counter.Last);
    }

    [Fact]
    public async Task Samples_that_were_not_saved_yet_are_read_and_survive_a_restart()
    {
        await using var server = Hubs.Start(_time);
        await server.PublishAsync(new { topic = "t", title = "one" });
        await NextAsync(server);
        Assert.Empty(await server.Services.GetRequiredService<IActivityStore>().ReadAsync(ActivityStep.TenSeconds, default, Cancellation));
        Assert.Equal([1], await PublishedAsync(server));
        await server.PublishAsync(new { topic = "t", title = "two" });
        await server.RestartAsync();
        Assert.Equal(2, (await PublishedAsync(server)).Sum());
        for (var i = 0; i < 6; i++) await NextAsync(server);
        await Eventually.TrueAsync(async () => (await server.Services.GetRequiredService<IActivityStore>().ReadAsync(ActivityStep.Minute, default, Cancellation)).Sum(sample => sample.Published) == 2);
        Assert.Equal(2, (await PublishedAsync(server)).Sum());
    }

    private static async Task<IEnumerable<long>> PublishedAsync(HubServer server) =>
        (await server.Services.GetRequiredService<ActivityRecorder>().ReadAsync(ActivityStep.TenSeconds, Drafts.Noon - TimeSpan.FromHours(1), Cancellation)).Select(sample => sample.Published);

    private async Task<ActivitySample> NextAsync(HubServer server)
    {
        var recorder = server.Services.GetRequiredService<ActivityRecorder>();
        var before = recorder.Latest;
        // The recorder waits again some moments after its last sample.
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            return recorder.Latest != before;
        });
        return recorder.Latest!;
    }

    private static async Task RefuseAsync(HubServer server)
    {
        using var invalid = await server.PostAsync("""{"severity":"purple"}""");
        using var unreadable = await server.PostAsync("{");
        using var unknown = await server.SendAsync(HttpMethod.Post, "/api/notifications/", new StringContent("{}", Encoding.UTF8, "application/json"), withKey: false);
        using var missing = await server.SendAsync(HttpMethod.Get, "/api/notifications/e1-99");
        Assert.Equal([400, 400, 401, 404], new[] { invalid, unreadable, unknown, missing }.Select(response => (int)response.StatusCode));
    }

    /// <summary>As a system's timers may be.</summary>
    private sealed class EarlyTimers(ManualTime time) : TimeProvider
    {
        private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(1);

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime > Early ? dueTime - Early : dueTime, period);
    }

    private sealed class FixedInbox : IInbox, IRecipientStreams
    {
        public Dictionary<string, int> Unread { get; } = new() { ["Ada"] = 2, ["Bob"] = 3 };

        public IReadOnlyList<Recipient> Open => [new("Ada", []), new("Bob", []), new("Ada", [])];

        public Task<InboxState> ReadStateAsync(Recipient recipient, CancellationToken cancellation) =>
            Task.FromResult(new InboxState(new("e1-1", 0, Unread[recipient.Id], new Dictionary<string, TopicCounts>()), InboxPreferences.None));

        public void Notify(string recipient, InboxUpdate update) => throw new NotSupportedException();

        public Task<InboxState> NotifyAsync(Recipient recipient, InboxUpdate update, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
