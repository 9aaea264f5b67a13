using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

public sealed class StreamResumeTests(StreamResumeTests.Server shared) : IClassFixture<StreamResumeTests.Server>
{
    private readonly string _topic = Names.New("t");
    private HubServer _server = shared.Hub;

    [Fact]
    public async Task The_header_resumes_right_after_its_cursor()
    {
        var ids = await PublishAsync(4);
        using var stream = await _server.OpenAsync($"?topic={_topic}", ids[1]);
        Assert.Equal(ids[1], stream.Hello.EventId);
        Assert.Equal(ids.Skip(2), (await stream.TakeAsync(2)).Select(i => i.EventId!));
        Assert.Equal((await PublishAsync(1))[0], (await stream.NextAsync()).EventId);
    }

    [Fact]
    public async Task The_query_resumes_too_and_the_header_wins()
    {
        var ids = await PublishAsync(4);
        using (var query = await _server.OpenAsync($"?topic={_topic}&last_event_id={ids[2]}")) Assert.Equal(ids[3], (await query.NextAsync()).EventId);
        using var both = await _server.OpenAsync($"?topic={_topic}&last_event_id={ids[0]}", ids[2]);
        Assert.Equal(ids[3], (await both.NextAsync()).EventId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&match=u*")]
    public async Task Earliest_replays_everything_and_goes_on_live(string more)
    {
        var ids = await PublishAsync(300);
        using var stream = await _server.OpenAsync($"?topic={_topic}" + more, "earliest");
        Assert.EndsWith("-0", stream.Hello.EventId, StringComparison.Ordinal);
        Assert.Equal(ids, (await stream.TakeAsync(300)).Select(i => i.EventId!));
        Assert.Equal((await PublishAsync(1))[0], (await stream.NextAsync()).EventId);
    }

    [Fact]
    public async Task Replay_from_before_this_start_comes_out_of_the_log()
    {
        await using var own = _server = Hubs.Start();
        var ids = await PublishAsync(600);
        await _server.RestartAsync();
        using var stream = await _server.OpenAsync($"?topic={_topic}", ids[0]);
        Assert.Equal(ids.Skip(1), (await stream.TakeAsync(599)).Select(i => i.EventId!));
        Assert.Equal((await PublishAsync(1))[0], (await stream.NextAsync()).EventId);
    }

    [Fact]
    public async Task Trimmed_notification_is_a_gap_only_for_streams_of_its_topic()
    {
        var ids = await PublishAsync(1);
        var hub = _server.Services.GetRequiredService<NotificationHub>();
        await hub.PublishAsync(Drafts.Text("soon gone", _topic), "tester", TimeSpan.FromTicks(1), TestContext.Current.CancellationToken);
        var kept = (await PublishAsync(1))[0];
        await Eventually.TrueAsync(async () =>
        {
            await _server.Services.GetRequiredService<NotifyDashboard.Operating.Retention>().TrimAsync(TestContext.Current.CancellationToken);
            return hub.Trimmed.HasAfter(0, new([_topic]));
        });
        using (var told = await _server.OpenAsync($"?topic={_topic}", ids[0]))
        {
            Assert.Null(told.Hello.EventId);
            var gap = await told.NextAsync();
            Assert.Equal("hub.gap", gap.EventType);
            Assert.Contains("\"trimmed\"", gap.Data, StringComparison.Ordinal);
            Assert.Equal(kept, (await told.NextAsync()).EventId);
        }
        using var other = await _server.OpenAsync($"?topic={Names.New("other")}", ids[0]);
        Assert.Equal(ids[0], other.Hello.EventId);
        using var all = await _server.OpenAsync($"?topic={_topic}", "earliest");
        Assert.Equal([ids[0], kept], (await all.TakeAsync(2)).Select(i => i.EventId!));
    }

    [Theory]
    [InlineData("garbage", "unknown")]
    [InlineData("otherlog-1", "unknown")]
    [InlineData("ahead", "ahead")]
    public async Task Cursor_that_cannot_resume_yields_hub_gap_and_the_newest_notifications(string cursor, string reason)
    {
        var ids = await PublishAsync(5);
        using var stream = await _server.OpenAsync($"?topic={_topic}", cursor == "ahead" ? ids[4] + "999" : cursor);
        Assert.Null(stream.Hello.EventId);
        Assert.DoesNotContain("id:", stream.Raw[..stream.Raw.IndexOf("streamId", StringComparison.Ordinal)], StringComparison.Ordinal);
        var gap = await stream.NextAsync();
        Assert.Equal(("hub.gap", ids[2]), (gap.EventType, gap.EventId));
        Assert.Equal((reason, ids[3]), (StreamReading.Json(gap).GetProperty("reason").GetString(), StreamReading.Json(gap).GetProperty("oldest").GetString()));
        Assert.Equal(ids.Skip(3), (await stream.TakeAsync(2)).Select(i => i.EventId!));
        Assert.Equal((await PublishAsync(1))[0], (await stream.NextAsync()).EventId);
    }

    [Fact]
    public async Task Resuming_again_and_again_while_others_publish_misses_nothing_and_repeats_nothing()
    {
        const int all = 1_500;
        await using var own = _server = Hubs.Start();
        var publishing = _server.PublishAsync(all, i => Drafts.Text($"{i}", _topic));
        var ids = new List<string>();
        var cursor = "earliest";
        while (ids.Count < all)
        {
            using var stream = await _server.OpenAsync($"?topic={_topic}", cursor);
            Assert.NotNull(stream.Hello.EventId);
            ids.AddRange((await stream.TakeAsync(Math.Min(97, all - ids.Count))).Select(i => i.EventId!));
            cursor = ids[^1];
        }
        await publishing;
        Assert.Equal(Enumerable.Range(1, all).Select(i => $"{i}"), ids.Select(id => id.Split('-')[1]));
    }

    private async Task<string[]> PublishAsync(int count)
    {
        using var answer = await _server.PostAsync(JsonSerializer.Serialize(Enumerable.Range(0, count).Select(i => new { topic = _topic, data = $"{i}" })));
        var receipts = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement[]>(TestContext.Current.CancellationToken);
        return [.. receipts!.Select(receipt => receipt.GetProperty("id").GetString()!)];
    }

    public sealed class Server() : SharedServer(("Hub:GapReplay", "2"));
}
