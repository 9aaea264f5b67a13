using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>A burst of 20 events over one connection, each published after the answer to the one before.</summary>
internal sealed class FanoutBench() : Bench("fanout")
{
    private const int Events = 20;

    private static readonly Metric Deliveries = new("deliveriesPerSecond", "deliveries/s from the first publish", Plotted: true);
    private static readonly Metric Cpu = new("cpuSecondsPerMillion", "server's CPU s per million deliveries", Plotted: true);
    private static readonly Metric P50 = new("p50Ms", "p50 ms");
    private static readonly Metric P99 = new("p99Ms", "p99 ms");

    public override IReadOnlyList<Metric> Metrics => [Deliveries, Cpu, P50, P99];

    public override void Measure(ServerUnderTest server, Options options, Measurement measurement)
    {
        using var subscribers = new Subscribers(server, options.Number("connections", 10_000), _ => "bench", options.Number("match", 0)).Connect();
        var first = subscribers.Warm(server, options.Number("warm", 0), rate: 0, Timeout);
        var cpu = server.CpuSeconds;
        var publisher = Publisher.Start(server, new() { First = first, Requests = Events });
        subscribers.PumpUntilAllHave(first + Events - 1, Timeout);
        publisher.Join();
        var tally = subscribers.Tally;
        measurement[Deliveries] = tally.Deliveries / ((tally.LastAt - publisher.StartedAt) / 1e9);
        measurement[Cpu] = (server.CpuSeconds - cpu) / tally.Deliveries * 1e6;
        measurement[P50] = tally.Latencies.Milliseconds(50);
        measurement[P99] = tally.Latencies.Milliseconds(99);
        subscribers.Judge(measurement, publisher.Last);
        measurement.FindError("refused", publisher.Refused);
    }
}
