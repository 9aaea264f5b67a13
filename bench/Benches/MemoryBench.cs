using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>What the kernel says that a server holds (RSS), with no stream and with many that wait; and how long its start took.</summary>
internal sealed class MemoryBench() : Bench("memory")
{
    private const int Patterns = 3;

    private static readonly Metric PerStream = new("bytesPerStream", "bytes per idle stream", Plotted: true);
    private static readonly Metric Alone = new("aloneMegabytes", "MB with no stream", Plotted: true);
    private static readonly Metric Full = new("fullMegabytes", "MB with all streams");
    private static readonly Metric Start = new("startSeconds", "s from start to ready", Plotted: true);

    public override IReadOnlyList<Metric> Metrics => [PerStream, Alone, Full, Start];

    public override void Measure(ServerUnderTest server, Options options, Measurement measurement)
    {
        var settle = options.Seconds(5);
        Thread.Sleep(settle);
        var alone = server.ResidentBytes;
        using var subscribers = new Subscribers(server, options.Number("connections", 10_000), _ => "bench", options.Number("match", Patterns)).Connect();
        subscribers.PumpFor(settle);
        var full = server.ResidentBytes;
        measurement[PerStream] = (double)(full - alone) / subscribers.Count;
        measurement[Alone] = alone / 1e6;
        measurement[Full] = full / 1e6;
        measurement[Start] = server.StartSeconds;
        subscribers.Judge(measurement, last: 0);
    }
}
