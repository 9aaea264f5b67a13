using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

public sealed class SlowPeerTests : IAsyncDisposable
{
    private const int Count = 600;
    private static readonly string Large = new('x', 40_000); // 24 MB in all: no socket's buffers hold that
    private readonly ManualTime _time = new();
    private readonly HubServer _server;

    public SlowPeerTests() => _server = Hubs.Start(_time, ("Hub:HotTailBytes", "1000000"), ("Streams:WriteTimeout", "00:00:05"));

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
    public async Task A_peer_that_never_reads_is_closed_after_the_write_timeout_and_can_resume()
    {
        using var stuck = await StuckPeer.OpenAsync(_server, "?topic=t");
        await _server.PublishAsync(Count, i => Drafts.Text(Large, "t"));
        await stuck.BlockedAsync();
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(1, _server.Streams());
        _time.Advance(TimeSpan.FromSeconds(2));
        await Until.TrueAsync(() => _server.Streams() == 0);

        string? last = null;
        await foreach (var item in stuck.ReadAsync()) last = item.EventId;
        var from = last is null ? 0 : int.Parse(last.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(from, 0, Count - 1);
        using var again = await _server.OpenAsync("?topic=t", last ?? "earliest");
        Assert.Equal(Enumerable.Range(from + 1, Count - from).Select(i => $"{i}"), (await again.TakeAsync(Count - from)).Select(Sequence));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Sequence(System.Net.ServerSentEvents.SseItem<string> item) => item.EventId!.Split('-')[1];
}
