using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

[Collection(Sequential.Name)]
public class ReplayStormTests
{
    [Fact]
    public async Task Two_hundred_replays_of_everything_starve_no_live_stream()
    {
        const int kept = 1_500;
        await using var server = Hubs.Start(("Hub:HotTailBytes", "65536"));
        await server.PublishAsync(kept, _ => Drafts.Text(new string('x', 2_000), "old"));
        using var live = await server.OpenAsync("?topic=live");
        var replays = await EagerPeer.OpenAsync(server, "?topic=old&last_event_id=earliest", 200);
        var (slowest, beside) = (TimeSpan.Zero, 0);
        while (replays.Any(r => r.Received < kept) && ++beside <= 20)
        {
            var started = TimeProvider.System.GetTimestamp();
            var id = await server.PublishAsync(new { topic = "live", data = "x" });
            Assert.Equal(id, (await live.NextAsync()).EventId);
            var took = TimeProvider.System.GetElapsedTime(started);
            if (took > slowest) slowest = took;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"The slowest took {slowest.TotalMilliseconds:0} ms beside {replays.Count(r => r.Received < kept)} replays.");
        Assert.NotEqual(0, beside);
        // It takes about half a second.
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => replays.All(r => r.Received == kept));
        Assert.All(replays, r => Assert.True(r.IsWhole));
        foreach (var replay in replays) replay.Dispose();
    }
}
