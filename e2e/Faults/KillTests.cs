using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NotifyDashboard.EndToEnd.Harness;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.EndToEnd.Faults;

[Collection(Sequential.Name)]
public sealed class KillTests
{
    private const string Topic = "kills";
    private const int Publishers = 8, Subscribers = 200, AcknowledgedPerRound = 150;

    private static readonly int Rounds = Effort.Of(3, thorough: 10);

    private readonly ConcurrentQueue<(int Publisher, string Text, string Id)> _acknowledged = new();
    private volatile bool _enough;

    [Fact(Timeout = 120_000)]
    public async Task Killing_the_server_loses_no_acknowledged_notification_and_delivers_none_twice()
    {
        var watch = Stopwatch.StartNew();
        await using var hub = await HubProcess.StartAsync();
        using var http = new HttpClient();
        var subscriptions = Enumerable.Range(0, Subscribers).Select(_ => new Subscription(http, hub.Address, Topic)).ToList();
        var publishers = Enumerable.Range(0, Publishers).Select(p => Task.Run(() => PublishAsync(hub, p))).ToArray();

        for (var round = 1; round <= Rounds; round++)
        {
            // In the midst of it: others publish, and many have not come back from the kill before.
            await AcknowledgedAsync(round * AcknowledgedPerRound).WaitAsync(TestContext.Current.CancellationToken);
            await hub.KillAsync();
            await hub.RunAsync();
        }
        _enough = true;
        await Task.WhenAll(publishers);
        await hub.PublishAsync(new { topic = Topic, data = "the last" });
        await Task.WhenAll(subscriptions.Select(s => s.UntilAsync(x => x.Received is [.., (_, "the last")])));
        foreach (var subscription in subscriptions) await subscription.DisposeAsync();
        await hub.KillAsync();

        var stored = StoredLog.Read(hub.Database, Topic);
        Assert.Equal(stored.Count, stored.Select(n => n.Data).Distinct().Count());
        Assert.Empty(_acknowledged.Select(a => (a.Id, a.Text)).Except(stored));
        var order = stored.Select((n, i) => (n.Id, i)).ToDictionary(n => n.Id, n => n.i);
        Assert.All(_acknowledged.GroupBy(a => a.Publisher), one => Assert.Equal(one.Select(a => a.Id).OrderBy(id => order[id]), one.Select(a => a.Id)));
        Assert.All(subscriptions, s => Assert.Equal(stored, s.Received));
        Assert.All(subscriptions, s => Assert.Equal(0, s.Gaps));
        Assert.True(subscriptions.Average(s => s.Openings) > Rounds / 2);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{stored.Count} stored, {_acknowledged.Count} acknowledged, {subscriptions.Sum(s => s.Openings)} streams opened, {watch.Elapsed.TotalSeconds:0.0} s");
    }

    // Never the same text again: an answer that was lost stays unknown.
    private async Task PublishAsync(HubProcess hub, int publisher)
    {
        for (var i = 0; !_enough; i++)
        {
            var text = $"{publisher}:{i}";
            try
            {
                using var answer = await hub.AskToPublishAsync(new { topic = Topic, data = text });
                if (answer.StatusCode != HttpStatusCode.Created) continue;
                var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>();
                _acknowledged.Enqueue((publisher, text, receipt.GetProperty("id").GetString()!));
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                await Task.Delay(Random.Shared.Next(5, 50));
            }
        }
    }

    private async Task AcknowledgedAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (_acknowledged.Count < count) await looks.WaitForNextTickAsync(patience.Token);
    }
}
