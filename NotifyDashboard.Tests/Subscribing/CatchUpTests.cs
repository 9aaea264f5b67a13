using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Connections;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

/// <summary>Streams that are behind the replay buffer, and a log that makes trouble.</summary>
public sealed class CatchUpTests : IAsyncDisposable
{
    private const int Count = 100;
    private readonly ManualTime _time = new();
    private readonly HubServer _server;
    private readonly FaultyLog _log;

    public CatchUpTests()
    {
        _server = Hubs.StartWithFaultyLog(out var log, services => services.AddTime(_time), ("Hub:HotTailBytes", "65536"));
        _log = log();
    }

    [Fact]
    public async Task Slow_log_delays_only_the_streams_that_are_catching_up()
    {
        await PublishAsync();
        using var may = new ManualResetEventSlim();
        _log.OnRead = () => may.Wait(TestContext.Current.CancellationToken);
        var behind = new List<StreamReading>();
        try
        {
            // One behind on every writer loop, and live ones beside them.
            for (var i = 0; i < Environment.ProcessorCount; i++) behind.Add(await _server.OpenAsync("?topic=t", "earliest"));
            using var first = await _server.OpenAsync("?topic=t");
            using var second = await _server.OpenAsync("?topic=t");
            var id = await _server.PublishAsync(new { topic = "t", data = "live" });
            Assert.Equal(id, (await first.NextAsync()).EventId);
            Assert.Equal(id, (await second.NextAsync()).EventId);
        }
        finally
        {
            may.Set();
        }
        foreach (var stream in behind)
        {
            Assert.Equal("live", (await stream.TakeAsync(Count + 1))[^1].Data);
            stream.Dispose();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failing_log_is_retried_once_a_second(bool expected)
    {
        await PublishAsync();
        var asked = 0;
        _log.OnRead = () =>
        {
            Interlocked.Increment(ref asked);
            throw expected ? new StoreUnavailableException("away") : new InvalidOperationException("a row that cannot be read");
        };
        using var stream = await _server.OpenAsync("?topic=t", "earliest");
        await Eventually.TrueAsync(() => Volatile.Read(ref asked) > 0);
        using var other = await _server.OpenAsync("?topic=t");
        for (var i = 0; i < 20; i++)
        {
            // Each of these goes through both loops: a stream that asks without a pause would have asked often by now.
            await _server.PublishAsync(new { topic = "t", data = "x" });
            await other.NextAsync();
        }
        Assert.InRange(Volatile.Read(ref asked), 1, 2);
        _log.OnRead = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Enumerable.Range(1, Count + 20).Select(i => $"{i}"), (await stream.TakeAsync(Count + 20)).Select(i => i.EventId!.Split('-')[1]));
    }

    [Fact]
    public async Task Log_is_not_read_for_closed_streams()
    {
        const int crowd = 20;
        await PublishAsync();
        using var may = new ManualResetEventSlim();
        var reads = 0;
        _log.OnRead = () =>
        {
            Interlocked.Increment(ref reads);
            may.Wait(TestContext.Current.CancellationToken);
        };
        try
        {
            var connections = _server.Services.GetRequiredService<ConnectionLimit>();
            for (var i = 0; i < crowd; i++) (await _server.OpenAsync("?match=nothing/*", "earliest")).Dispose();
            await Eventually.TrueAsync(() => connections.Count <= 1);
        }
        finally
        {
            may.Set();
        }
        using var other = await _server.OpenAsync("?topic=t", "earliest");
        await other.TakeAsync(Count);
        await Eventually.TrueAsync(() => _server.Streams() == 1);
        // Those under way, those of the other, and a few whose end was on its way.
        Assert.InRange(Volatile.Read(ref reads), 1, crowd / 2 + 2);
    }

    [Fact]
    public async Task Peer_that_disconnects_during_a_log_read_leaves_no_subscriber()
    {
        await PublishAsync();
        using var may = new ManualResetEventSlim();
        _log.OnRead = () =>
        {
            may.Wait(TestContext.Current.CancellationToken);
            throw new StoreUnavailableException("away");
        };
        (await _server.OpenAsync("?topic=t", "earliest")).Dispose();
        may.Set();
        await Eventually.TrueAsync(() => _server.Streams() == 0);
        Assert.Equal(0, await _server.ReachedAsync("t"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task PublishAsync() => _server.PublishAsync(Count, i => Drafts.Text(new string('x', 10_000), "t"));
}
