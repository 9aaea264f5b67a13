using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>One question to a server that was started for it alone.</summary>
internal abstract class Bench(string name)
{
    protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public string Name => name;

    /// <summary>What it measures, in the order of the table.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Why a server cannot be asked; null where it can.</summary>
    public virtual string? Unsuited(ServerUnderTest server) => null;

    public abstract void Measure(ServerUnderTest server, Options options, Measurement measurement);
}
