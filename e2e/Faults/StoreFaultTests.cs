using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>While the store takes nothing, publishes are refused and nothing else changes; once it can, everything goes on without a restart.</summary>
[Collection(Sequential.Name)]
public sealed class StoreFaultTests : IAsyncLifetime
{
    private const string Topic = "faults";

    // Five seconds for a lock, and one more for each that waits behind.
    private static readonly TimeSpan RefusedWithin = TimeSpan.FromSeconds(9), NotReadyWithin = TimeSpan.FromSeconds(3), MendedWithin = TimeSpan.FromSeconds(8);

    private readonly string _folder = Directory.CreateTempSubdirectory("notifydashboard-fault-").FullName;
    private HubProcess? _hub;
    private bool _isMounted;

    private HubProcess Hub => _hub!;

    private string Database => Path.Combine(_folder, "data", "hub.db");

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        return ValueTask.CompletedTask;
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_to_a_full_disk_returns_503_and_recovers()
    {
        await Tools.NeedAsync("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", Path.Combine(_folder, "data"));
        _isMounted = true;
        var filler = Path.Combine(_folder, "data", "filler");
        await SurvivesAsync(
            () =>
            {
                Fill(filler);
                return Task.CompletedTask;
            },
            () =>
            {
                File.Delete(filler);
                return Task.CompletedTask;
            }).WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_to_a_locked_database_returns_503_and_recovers()
    {
        await StartAsync();
        using var other = StoredLog.Open(Database);
        await SurvivesAsync(() => Task.FromResult(other.BeginTransaction()), () =>
        {
            other.Close();
            return Task.CompletedTask;
        }).WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("data/hub.db")]
    [InlineData("data/hub.db-wal")]
    [InlineData("data/hub.db-shm")]
    [InlineData("data")]
    public async Task Publish_with_a_database_file_or_its_folder_moved_away_returns_503_and_recovers(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows moves no open file.");
        var (place, away) = (Path.Combine(_folder, file), Path.Combine(_folder, "away"));
        await SurvivesAsync(
            () =>
            {
                Directory.Move(place, away);
                return Task.CompletedTask;
            },
            () =>
            {
                Assert.False(Path.Exists(place), "It was made anew.");
                Directory.Move(away, place);
                return Task.CompletedTask;
            }).WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_to_a_replaced_database_file_returns_503_and_recovers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows replaces no open file.");
        var away = Path.Combine(_folder, "away");
        await SurvivesAsync(
            () =>
            {
                File.Move(Database, away);
                File.Copy(away, Database);
                return Task.CompletedTask;
            },
            () =>
            {
                Assert.Equal(File.ReadAllBytes(away), File.ReadAllBytes(Database));
                File.Move(away, Database, overwrite: true);
                return Task.CompletedTask;
            }).WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_to_a_read_only_database_returns_503_and_recovers()
    {
        // A remount is refused while files are open, and root heeds no mode; an immutable file refuses even those that have it open.
        await SurvivesAsync(() => Tools.NeedAsync("chattr", "+i", Database, $"{Database}-wal"), () => Tools.RunAsync("chattr", "-i", Database, $"{Database}-wal")).WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_with_a_failing_fsync_returns_503_and_recovers()
    {
        SystemCalls? calls = null;
        await SurvivesAsync(async () => calls = await SystemCalls.AttachAsync(Hub.ProcessId, "error=EIO"), async () =>
        {
            if (calls is not null) await calls.DisposeAsync();
        }).WaitAsync(TestContext.Current.CancellationToken);
    }

    private async Task SurvivesAsync(Func<Task> breakIt, Func<Task> mendIt)
    {
        if (_hub is null) await StartAsync();
        await using var subscription = new Subscription(Hub.Http, Hub.Address, Topic);
        await Hub.PublishAsync(new { topic = Topic, data = "before" });
        await subscription.UntilAsync(s => s.Received is [(_, "before")]);

        await breakIt();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RefusedAsync()));
            await NotReadyAsync();
            var seen = subscription.Heartbeats;
            await subscription.UntilAsync(s => s.Heartbeats >= seen + 2);
            await RefusedAsync();
        }
        finally
        {
            await mendIt();
        }

        await MendedAsync();
        await Hub.PublishAsync(new { topic = Topic, data = "after" });
        await subscription.UntilAsync(s => s.Received is [.., (_, "after")]);
        Assert.Equal(["before", "mended", "after"], subscription.Received.Select(n => n.Data));
        Assert.Equal((1, 0), (subscription.Openings, subscription.Gaps));
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync());
        await Hub.KillAsync();
        Assert.Equal(subscription.Received, StoredLog.Read(Database, Topic));
    }

    private async Task StartAsync() => _hub = await HubProcess.StartAsync(new()
    {
        ["Storage__ConnectionString"] = $"Data Source={Database}",
        ["Streams__Heartbeat"] = "00:00:01",
    });

    private async Task RefusedAsync()
    {
        var watch = Stopwatch.StartNew();
        using var answer = await Hub.AskToPublishAsync(new { topic = Topic, data = "refused" });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal("urn:notifydashboard:problem:unavailable", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, RefusedWithin);
    }

    private async Task NotReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        // What was looked at a moment ago, before the fault, is still believed for a second.
        while (await ReadyAsync() == HttpStatusCode.OK) Assert.InRange(watch.Elapsed, TimeSpan.Zero, NotReadyWithin);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync());
    }

    private async Task MendedAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await Hub.AskToPublishAsync(new { topic = Topic, data = "mended" });
            if (answer.IsSuccessStatusCode) break;
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, MendedWithin);
        }
        while (await ReadyAsync() != HttpStatusCode.OK) Assert.InRange(watch.Elapsed, TimeSpan.Zero, MendedWithin);
    }

    private async Task<HttpStatusCode> ReadyAsync()
    {
        using var answer = await Hub.Http.GetAsync($"{Hub.Address}/healthz/ready");
        return answer.StatusCode;
    }

    private static void Fill(string file)
    {
        using var filler = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true) filler.Write(page);
        }
        catch (IOException)
        {
            // Full, as it was to be.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
        if (_isMounted) Assert.Null(await Tools.RunAsync("umount", Path.Combine(_folder, "data")));
        Directory.Delete(_folder, recursive: true);
    }
}
