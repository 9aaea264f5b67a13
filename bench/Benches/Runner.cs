using System.Runtime.InteropServices;
using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>Runs a bench on each server in turn, several times, so that what disturbs the machine disturbs all of them.</summary>
internal static class Runner
{
    public static int Run(Bench bench, Options options)
    {
        using var peers = new Peers(options);
        // Load on core 1, servers on core 0.
        if (Environment.ProcessorCount > 1) Linux.Pin(1);
        // Whoever ends the bench ends its server too: what is measured fails then, and everything is put away.
        ServerUnderTest? running = null;
        var ended = false;
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = ended = true;
            running?.Stop();
        });
        var report = new Report(bench, options);
        var runs = options.Number("runs", peers.IsComparison ? 6 : 3);
        for (var run = 1; run <= runs; run++)
        {
            foreach (var (value, point) in options.Points())
            {
                // Whoever comes second finds the machine warmer: each has its turn at it.
                foreach (var name in run % 2 == 1 ? peers.Names : peers.Names.Reverse())
                {
                    if (ended) throw new BenchException("The bench was ended.");
                    using var server = running = peers.Create(name);
                    if (bench.Unsuited(server) is { } reason)
                    {
                        if (run == 1) Console.Error.WriteLine($"{name} is skipped: {reason}.");
                        continue;
                    }
                    try
                    {
                        server.Start();
                        var measurement = new Measurement();
                        var cpu = Environment.CpuUsage.TotalTime;
                        bench.Measure(server, point, measurement);
                        measurement.LoadCpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
                        Console.Error.WriteLine($"run {run} of {runs}, {name} {value}: {measurement}");
                        report.Add(run, name, value, measurement);
                    }
                    catch (BenchException exception) when (!ended)
                    {
                        // The others are measured all the same.
                        Console.Error.WriteLine($"run {run} of {runs}, {name} {value}: FAILED. {exception.Message}");
                        report.AddFailure(name, value, exception.Message);
                    }
                }
            }
        }
        return report.Write();
    }
}
