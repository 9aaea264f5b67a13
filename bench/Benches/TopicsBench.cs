using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>What a publish costs to the only subscriber of the only topic, and to one of many subscribers, each with a topic of its own. Each publish waits for the answer to the one before.</summary>
internal sealed class TopicsBench() : Bench("topics")
{
    private const string Topic = "topics/0";

    private static readonly Metric CpuOne = new("cpuMicrosecondsOne", "CPU µs per publish, one subscriber");
    private static readonly Metric CpuMany = new("cpuMicrosecondsMany", "CPU µs per publish, many", Plotted: true);
    private static readonly Metric Ratio = new("cpuRatio", "many / one", Plotted: true);
    private static readonly Metric P50One = new("p50MsOne", "p50 ms, one");
    private static readonly Metric P50Many = new("p50MsMany", "p50 ms, many");
    private static readonly Metric P99One = new("p99MsOne", "p99 ms, one");
    private static readonly Metric P99Many = new("p99MsMany", "p99 ms, many");

    public override IReadOnlyList<Metric> Metrics => [CpuOne, CpuMany, Ratio, P50One, P50Many, P99One, P99Many];

    public override string? Unsuited(ServerUnderTest server) => server.HasTopics ? null : "it has no topics";

    public override void Measure(ServerUnderTest server, Options options, Measurement measurement)
    {
        var (seconds, topics, patterns) = (options.Seconds(5), options.Number("topics", 10_000), options.Number("match", 0));
        using (var one = new Subscribers(server, 1, _ => Topic, patterns).Connect())
        {
            one.Warm(server, options.Number("warm", 500), rate: 0, Timeout, Topic);
            measurement[CpuOne] = Publish(one);
            (measurement[P50One], measurement[P99One]) = (one.Tally.Latencies.Milliseconds(50), one.Tally.Latencies.Milliseconds(99));
        }
        // As many subscribers as topics, unless said otherwise: they take turns.
        using var many = new Subscribers(server, options.Number("connections", topics), i => $"topics/{i % topics}", patterns).Connect();
        measurement[CpuMany] = Publish(many);
        (measurement[P50Many], measurement[P99Many]) = (many.Tally.Latencies.Milliseconds(50), many.Tally.Latencies.Milliseconds(99));
        measurement[Ratio] = measurement[CpuMany] / measurement[CpuOne];

        double Publish(Subscribers subscribers)
        {
            subscribers.Restart(first: 1);
            var cpu = server.CpuSeconds;
            var publisher = Publisher.Start(server, new() { Topic = Topic });
            subscribers.PumpFor(seconds);
            publisher.Stop();
            var used = server.CpuSeconds - cpu;
            // Only those who listen to this topic have it all, so the others are not asked.
            subscribers.PumpUntil(() => subscribers.Tally.Deliveries >= publisher.Accepted, Timeout);
            measurement.FindError("missing", publisher.Accepted - subscribers.Tally.Deliveries);
            measurement.FindError("refused", publisher.Refused);
            return used / publisher.Accepted * 1e6;
        }
    }
}
