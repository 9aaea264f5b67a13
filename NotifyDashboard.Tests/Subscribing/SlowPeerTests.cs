using System.Net.ServerSentEvents;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

public sealed class SlowPeerTests : IAsyncDisposable
{
    private const int Count = 600;
    private const int WriteTimeout = 20;
    private static readonly string Large = new('x', 40_000); // 24 MB in all: no socket's buffers hold that
    private readonly ManualTime _time = new();
    private readonly HubServer _server;

    public SlowPeerTests() => _server = Hubs.Start(_time, ("Hub:HotTailBytes", "1000000"), ("Streams:WriteTimeout", "00:00:20"));

    [Fact]
    public async Task A_peer_that_does_not_read_delays_nobody_and_loses_nothing_when_it_reads_again()
    {
        using var stuck = await StuckPeer.OpenAsync(_server, "?topic=t");
        using var other = await _server.OpenAsync("?topic=t");
        var reading = other.TakeAsync(Count);
        await _server.PublishAsync(Count, i => Drafts.Text(Large, "t"));
        var expected = Enumerable.Range(1, Count).Select(i => $"{i}");
        Assert.Equal(expected, (await reading).Select(Sequence));

        var received = new List<string>();
        await foreach (var item in stuck.ReadAsync())
        {
            if (item.EventType == "hub.hello") continue;
            received.Add(Sequence(item));
            if (received.Count == Count) await _server.PublishAsync(new { topic = "t", data = "live" });
            if (item.Data == "live") break;
        }
        Assert.Equal(Enumerable.Range(1, Count + 1).Select(i => $"{i}"), received);
    }

    [Fact]
    public async Task A_reader_of_20_kB_a_second_is_never_closed_and_loses_nothing_beside_500_fast_ones()
    {
        // Together more than the sockets hold and 20 s of reading; all of it out of the replay buffer, which would give it in one go.
        const int before = 200, seconds = 20, each = 5, total = before + seconds * each;
        await using var server = Hubs.Start(_time, ("Streams:WriteTimeout", "00:00:20"));
        using var slow = await StuckPeer.OpenAsync(server, "?topic=t");
        var fast = await EagerPeer.OpenAsync(server, "?topic=t", 500);
        var taken = new MemoryStream();
        await server.PublishAsync(before, _ => Drafts.Text(new string('x', 5_000), "t"));
        for (var second = 1; second <= seconds; second++)
        {
            // 25 kB of this second's, all of which the fast ones have before the next one.
            await server.PublishAsync(each, _ => Drafts.Text(new string('x', 5_000), "t"));
            await Eventually.TrueAsync(() => fast.All(p => p.Received == before + second * each));
            Assert.True(await TakeASecondAsync(slow, taken));
        }
        Assert.All(fast, p => Assert.True(p.IsWhole));
        foreach (var peer in fast) peer.Dispose();
        await server.PublishAsync(1, _ => Drafts.Text(Large, "t")); // more than a second's, so that the last second is a whole one
        while (Sequences(taken).Count < total) Assert.True(await TakeASecondAsync(slow, taken));
        Assert.Equal(Enumerable.Range(1, total).Select(i => $"{i}"), Sequences(taken).Take(total));
        Assert.Equal(0, server.TimedOut());
    }

    [Fact]
    public async Task A_frame_that_is_larger_than_a_slow_reader_takes_in_the_write_timeout_reaches_it_whole()
    {
        const int count = 5;
        using var slow = await StuckPeer.OpenAsync(_server, "?topic=t&envelope=1");
        await _server.PublishAsync(count + 1, _ => Drafts.Text(new string('\u0001', 64 * 1024), "t"));
        var taken = new MemoryStream();
        while (Sequences(taken).Count < count) Assert.True(await TakeASecondAsync(slow, taken));
        Assert.True(taken.Length > count * 6 * 64 * 1024);
        taken.Position = 0;
        foreach (var item in SseParser.Create(taken).Enumerate().Where(i => i.EventType == "hub.notification"))
            Assert.Equal(64 * 1024, StreamReading.Json(item).GetProperty("data").GetString()!.Length);
        Assert.Equal(0, _server.TimedOut());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_peer_whose_window_stays_shut_is_closed_after_the_write_timeout_and_counted_and_can_resume(int bytesASecond)
    {
        using var stuck = await StuckPeer.OpenAsync(_server, "?topic=t");
        using var other = await _server.OpenAsync("?topic=t");
        var reading = other.TakeAsync(Count);
        await _server.PublishAsync(Count, i => Drafts.Text(Large, "t"));
        await reading;
        await stuck.BlockedAsync();
        var taken = new byte[bytesASecond * WriteTimeout];
        for (var second = 0; second < WriteTimeout - 1; second++)
        {
            Assert.True(await stuck.TakeAsync(taken.AsMemory(second * bytesASecond, bytesASecond)));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal((2, 0), (_server.Streams(), _server.TimedOut()));
        Assert.True(await stuck.TakeAsync(taken.AsMemory((WriteTimeout - 1) * bytesASecond)));
        _time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => _server.Streams() == 1);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, _server.TimedOut());

        using var all = new MemoryStream([.. taken, .. await stuck.TakeAllAsync()]);
        string? last = null;
        foreach (var item in SseParser.Create(all).Enumerate()) last = item.EventId;
        var from = last is null ? 0 : int.Parse(last.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(from, 0, Count - 1);
        using var again = await _server.OpenAsync("?topic=t", last ?? "earliest");
        Assert.Equal(Enumerable.Range(from + 1, Count - from).Select(i => $"{i}"), (await again.TakeAsync(Count - from)).Select(Sequence));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Reads 20 kB in what the server takes for a second.</summary>
    private async Task<bool> TakeASecondAsync(StuckPeer slow, MemoryStream taken)
    {
        var buffer = new byte[20_000];
        if (!await slow.TakeAsync(buffer)) return false;
        taken.Write(buffer);
        _time.Advance(TimeSpan.FromSeconds(1));
        return true;
    }

    private static List<string> Sequences(MemoryStream taken)
    {
        taken.Position = 0;
        List<string> sequences = [.. SseParser.Create(taken, static (_, _) => 0).Enumerate().Where(i => !i.EventType.StartsWith("hub.he", StringComparison.Ordinal)).Select(i => i.EventId!.Split('-')[1])];
        taken.Position = taken.Length;
        return sequences;
    }

    private static string Sequence(SseItem<string> item) => item.EventId!.Split('-')[1];
}
