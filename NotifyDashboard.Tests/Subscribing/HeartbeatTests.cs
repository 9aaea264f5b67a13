using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

public sealed class HeartbeatTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTime _time = new();
    private readonly HubServer _server;

    public HeartbeatTests() => _server = Hubs.Start(_time);

    [Fact]
    public async Task An_idle_stream_gets_a_heartbeat_that_moves_its_cursor_along()
    {
        using var stream = await _server.OpenAsync("?topic=quiet");
        var elsewhere = await _server.PublishAsync(new { topic = "busy", data = "x" });
        await AdvanceAsync(15);
        var beat = await stream.NextAsync();
        Assert.Equal(("hub.heartbeat", "{}", elsewhere), (beat.EventType, beat.Data, beat.EventId));

        // Right after it another 15 seconds begin: of the next two frames the first is the event.
        await AdvanceAsync(14);
        var id = await _server.PublishAsync(new { topic = "quiet", data = "x" });
        Assert.Equal(("notification", id), await TypeAndIdAsync(stream));
        await AdvanceAsync(14);
        id = await _server.PublishAsync(new { topic = "quiet", data = "y" });
        Assert.Equal(("notification", id), await TypeAndIdAsync(stream));
        await AdvanceAsync(15);
        Assert.Equal(("hub.heartbeat", id), await TypeAndIdAsync(stream));
    }

    [Fact]
    public async Task A_stream_resumes_from_a_heartbeats_cursor_without_a_gap()
    {
        using var stream = await _server.OpenAsync("?topic=quiet");
        await _server.PublishAsync(new { topic = "busy", data = "x" });
        await AdvanceAsync(15);
        var cursor = (await stream.NextAsync()).EventId;
        var id = await _server.PublishAsync(new { topic = "quiet", data = "x" });
        using var again = await _server.OpenAsync("?topic=quiet", cursor);
        Assert.Equal(cursor, again.Hello.EventId);
        Assert.Equal(("notification", id), await TypeAndIdAsync(again));
    }

    [Fact]
    public async Task Streams_that_are_caught_up_get_the_same_heartbeat()
    {
        using var first = await _server.OpenAsync("?topic=a");
        using var second = await _server.OpenAsync("?topic=b&envelope=1");
        await AdvanceAsync(15);
        Assert.Equal(await TypeAndIdAsync(first), await TypeAndIdAsync(second));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<(string, string?)> TypeAndIdAsync(StreamReading stream)
    {
        var item = await stream.NextAsync();
        return (item.EventType, item.EventId);
    }

    // Everything published was dispatched before time goes on.
    private async Task AdvanceAsync(int seconds)
    {
        await _server.ReachedAsync("");
        _time.Advance(seconds * Second);
    }
}
