using System.Diagnostics;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>What is acknowledged is on the disk: seen from outside, at the calls of the running server.</summary>
public sealed class DurabilityTests : IAsyncLifetime
{
    private const int Publishers = 8, Each = 8;

    private HubProcess _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubProcess.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Every_commit_group_of_publishes_has_its_own_fsync()
    {
        await _hub.PublishAsync(new { data = "the first" });
        await using var calls = await SystemCalls.AttachAsync(_hub.ProcessId);
        var before = WriteAheadFile.Read(_hub.Database);
        await PublishAsync(_ => { }).WaitAsync(TestContext.Current.CancellationToken);
        var after = WriteAheadFile.Read(_hub.Database);
        var synced = (await calls.DetachAsync()).Count(call => call.Contains("hub.db-wal>", StringComparison.Ordinal));

        Assert.Equal(before.Mark, after.Mark);
        var groups = after.Commits - before.Commits;
        Assert.InRange(groups, Each, Publishers * Each);
        // A housekeeping write may have fallen between the two looks and the tracing.
        Assert.InRange(synced, groups, groups + 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Publishers * Each} publishes in {groups} commits, {synced} fsyncs of the write-ahead file");
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_is_acknowledged_only_after_the_fsync_of_its_commit_group()
    {
        var delay = TimeSpan.FromMilliseconds(150);
        await using var calls = await SystemCalls.AttachAsync(_hub.ProcessId, $"delay_exit={delay.TotalMicroseconds}");
        await PublishAsync(took => Assert.True(took >= delay, $"Answered after {took.TotalMilliseconds} ms.")).WaitAsync(TestContext.Current.CancellationToken);
    }

    private Task PublishAsync(Action<TimeSpan> answered) => Task.WhenAll(Enumerable.Range(0, Publishers).Select(async _ =>
    {
        for (var i = 0; i < Each; i++)
        {
            var watch = Stopwatch.StartNew();
            await _hub.PublishAsync(new { data = "x" });
            answered(watch.Elapsed);
        }
    }));
}
