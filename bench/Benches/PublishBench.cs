using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>Durable publishes over 64 connections that nobody hears: as fast as they are answered, one by one and in batches of 100; and how long one takes at half of that.</summary>
internal sealed class PublishBench() : Bench("publish")
{
    private const int Connections = 64, Batch = 100;

    private static readonly Metric Single = new("singlesPerSecond", "one by one: notifications/s", Plotted: true);
    private static readonly Metric Batched = new("batchedPerSecond", "in batches of 100: notifications/s", Plotted: true);
    private static readonly Metric HalfP50 = new("halfP50Ms", "p50 ms at half the load");
    private static readonly Metric HalfP99 = new("halfP99Ms", "p99 ms at half the load", Plotted: true);

    public override IReadOnlyList<Metric> Metrics => [Single, Batched, HalfP50, HalfP99];

    public override string? Unsuited(ServerUnderTest server) => server.IsDurable ? null : "it keeps nothing on the disk";

    public override void Measure(ServerUnderTest server, Options options, Measurement measurement)
    {
        var (seconds, connections) = (options.Seconds(5), options.Number("connections", Connections));
        var plan = new Plan { Topic = "elsewhere", Connections = connections };
        // The first seconds are the compiler's.
        Publish(plan, TimeSpan.FromSeconds(Math.Min(4, seconds.TotalSeconds)));
        var single = Publish(plan, seconds);
        measurement[Single] = single.Accepted / single.Seconds;
        var batched = Publish(plan with { Batch = Batch }, seconds);
        measurement[Batched] = batched.Accepted / batched.Seconds;
        var half = Publish(plan with { Rate = Math.Max(1, measurement[Single] / 2) }, seconds);
        measurement[HalfP50] = half.Answers.Milliseconds(50);
        measurement[HalfP99] = half.Answers.Milliseconds(99);

        Publisher Publish(Plan plan, TimeSpan time)
        {
            var publisher = Publisher.Start(server, plan);
            Thread.Sleep(time);
            publisher.Stop();
            measurement.FindError("refused", publisher.Refused);
            return publisher;
        }
    }
}
