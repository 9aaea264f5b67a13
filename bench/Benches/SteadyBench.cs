using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>Events at a rate, published when they are due whether or not the ones before were answered. Latency counts from when an event was due.</summary>
internal sealed class SteadyBench(string name, int rate) : Bench(name)
{
    private static readonly Metric P50 = new("p50Ms", "p50 ms");
    private static readonly Metric P99 = new("p99Ms", "p99 ms", Plotted: true);
    private static readonly Metric Max = new("maxMs", "max ms");
    private static readonly Metric Cpu = new("cpuSecondsPerMillion", "server's CPU s per million deliveries", Plotted: true);
    private static readonly Metric Answer = new("answerP99Ms", "p99 ms of the publisher's answer");

    public override IReadOnlyList<Metric> Metrics => [P50, P99, Max, Cpu, Answer];

    public override void Measure(ServerUnderTest server, Options options, Measurement measurement)
    {
        var perSecond = options.Number("rate", rate);
        var events = Math.Max(1, (long)(perSecond * options.Seconds(10).TotalSeconds));
        using var subscribers = new Subscribers(server, options.Number("connections", 10_000), _ => "bench", options.Number("match", 0)).Connect();
        var first = subscribers.Warm(server, options.Number("warm", 2 * perSecond), perSecond, Timeout);
        var cpu = server.CpuSeconds;
        var publisher = Publisher.Start(server, new() { First = first, Requests = events, Rate = perSecond });
        subscribers.PumpUntilAllHave(first + events - 1, options.Seconds(10) + Timeout);
        publisher.Join();
        var tally = subscribers.Tally;
        measurement[P50] = tally.Latencies.Milliseconds(50);
        measurement[P99] = tally.Latencies.Milliseconds(99);
        measurement[Max] = tally.Latencies.Milliseconds(100);
        measurement[Cpu] = (server.CpuSeconds - cpu) / tally.Deliveries * 1e6;
        measurement[Answer] = publisher.Answers.Milliseconds(99);
        subscribers.Judge(measurement, publisher.Last);
        measurement.FindError("refused", publisher.Refused);
    }
}
