using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

public sealed class StoppingTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private HubServer _server = Hubs.Start(("Streams:RestartSpread", "00:00:01"));

    [Fact]
    public async Task Shutdown_sends_hub_bye_with_spread_retry_times_to_fifty_streams_without_delay()
    {
        var streams = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _server.OpenAsync()));
        await _server.PublishAsync(new { type = "last", data = "x" });
        // Read before the stop: what is still on its way then comes by cursor to who returns.
        foreach (var stream in streams) Assert.Equal("last", (await stream.NextAsync()).EventType);
        Assert.InRange(await StopAsync(), TimeSpan.Zero, Deadline);
        var waits = new HashSet<int>();
        foreach (var stream in streams)
        {
            var bye = await stream.NextAsync();
            var wait = StreamReading.Json(bye).GetProperty("retryMs").GetInt32();
            Assert.Equal("hub.bye", bye.EventType);
            Assert.Equal(bye.ReconnectionInterval, TimeSpan.FromMilliseconds(wait));
            Assert.InRange(wait, 250, 1_250);
            waits.Add(wait);
            Assert.Null(await stream.TryNextAsync());
            stream.Dispose();
        }
        Assert.True(waits.Count > 10);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_does_not_hold_the_stop_up()
    {
        using var stuck = await StuckPeer.OpenAsync(_server, "?topic=t");
        await _server.PublishAsync(300, i => Drafts.Text(new string('x', 60_000), "t"));
        await stuck.BlockedAsync();
        Assert.InRange(await StopAsync(), TimeSpan.Zero, Deadline);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_whose_log_cannot_be_read_does_not_hold_the_stop_up(bool expected)
    {
        await _server.DisposeAsync();
        _server = Hubs.StartWithFaultyLog(out var log, ("Hub:HotTailBytes", "65536"));
        await _server.PublishAsync(100, i => Drafts.Text(new string('x', 10_000), "t"));
        var asked = new TaskCompletionSource();
        log().OnRead = () =>
        {
            asked.TrySetResult();
            throw expected ? new StoreUnavailableException("away") : new InvalidOperationException("a row that cannot be read");
        };
        using var stream = await _server.OpenAsync("?topic=t", "earliest");
        await asked.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.InRange(await StopAsync(), TimeSpan.Zero, Deadline);
        Assert.Equal("hub.bye", (await stream.NextAsync()).EventType);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<TimeSpan> StopAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await _server.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);
        return Stopwatch.GetElapsedTime(started);
    }
}
