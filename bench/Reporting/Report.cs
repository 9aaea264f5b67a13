using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Reporting;

/// <summary>Collects what the runs gave, and writes their medians: a table, a JSON file that has every run, and a plot.</summary>
internal sealed class Report(Benches.Bench bench, Options options)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(int Run, string Server, string Value, Measurement Measurement)> _all = [];
    private readonly List<Failure> _failures = [];

    public void Add(int run, string server, string value, Measurement measurement) => _all.Add((run, server, value, measurement));

    /// <summary>A run that could not be brought to its end.</summary>
    public void AddFailure(string server, string value, string message) => _failures.Add(new(server, value, message));

    /// <summary>Gives 1 where a run of the hub failed or had errors.</summary>
    public int Write()
    {
        if (_all.Count == 0) throw new BenchException("Nothing was measured.");
        Directory.CreateDirectory(options.Out);
        var path = Path.Combine(options.Out, bench.Name);
        File.WriteAllText($"{path}.json", JsonSerializer.Serialize(Content(), Json) + "\n");
        File.WriteAllText($"{path}.svg", Plot.Draw(bench, options.Axis, Series));
        PrintTable();
        PrintDifferences();
        return _all.Any(m => IsHub(m.Server) && m.Measurement.Errors.Count > 0) || _failures.Any(f => IsHub(f.Server)) ? 1 : 0;
    }

    private static bool IsHub(string server) => server is "hub" or Peers.Before or Peers.After;

    private sealed record Failure(string Server, string At, string Message);

    private IEnumerable<IGrouping<(string Server, string Value), Measurement>> Groups => _all.GroupBy(m => (m.Server, m.Value), m => m.Measurement);

    private IEnumerable<Series> Series(Metric metric) =>
        from grouped in Groups
        group (grouped.Key.Value, MedianOf(grouped, metric)) by grouped.Key.Server into server
        select new Series(server.Key, [.. server]);

    private object Content() => new
    {
        Bench = bench.Name,
        At = DateTimeOffset.UtcNow,
        Options = options.Used.Keys.ToDictionary(name => name, name => options.Text(name, options.Used[name])),
        Environment = new
        {
            System = RuntimeInformation.OSDescription,
            Processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1],
            Cores = Environment.ProcessorCount,
            Runtime = RuntimeInformation.FrameworkDescription,
            Disk = new DriveInfo(options.Scratch).DriveFormat,
        },
        Metrics = bench.Metrics.ToDictionary(m => m.Key, m => m.Title),
        Results = Groups.Select(g => new
        {
            g.Key.Server,
            At = g.Key.Value.Length == 0 ? null : new Dictionary<string, string> { [options.Axis] = g.Key.Value },
            Medians = bench.Metrics.ToDictionary(m => m.Key, m => Rounded(MedianOf(g, m))),
            Runs = g.Select(r => new Dictionary<string, double>(bench.Metrics.Select(m => KeyValuePair.Create(m.Key, Rounded(r[m])))) { ["loadCpuSeconds"] = Rounded(r.LoadCpuSeconds) }),
            Errors = g.SelectMany(r => r.Errors).GroupBy(f => f.Key, f => f.Value).ToDictionary(f => f.Key, f => f.Sum()),
        }),
        Failures = _failures,
    };

    private static double MedianOf(IEnumerable<Measurement> runs, Metric metric) => Median.Of(runs.Select(run => run[metric]));

    private static double Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 4) : 0;

    private void PrintTable()
    {
        Console.WriteLine($"| server | {options.Axis} | {string.Join(" | ", bench.Metrics.Select(m => m.Title))} | errors |");
        Console.WriteLine($"| --- | ---: |{string.Concat(bench.Metrics.Select(_ => " ---: |"))} --- |");
        foreach (var group in Groups)
        {
            var errors = group.SelectMany(r => r.Errors).GroupBy(f => f.Key, f => f.Value).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key}: {f.Sum()}"));
            Console.WriteLine($"| {group.Key.Server} | {(group.Key.Value.Length > 0 ? group.Key.Value : options.Used.GetValueOrDefault(options.Axis))} | {string.Join(" | ", bench.Metrics.Select(m => Figure.Of(MedianOf(group, m))))} | {string.Join(", ", errors)} |");
        }
    }

    private void PrintDifferences()
    {
        foreach (var point in _all.GroupBy(m => m.Value))
        {
            var pairs = point.GroupBy(m => m.Run, m => (m.Server, m.Measurement)).Select(run => run.ToDictionary(m => m.Server, m => m.Measurement))
                .Where(run => run.ContainsKey(Peers.Before) && run.ContainsKey(Peers.After)).ToList();
            if (pairs.Count == 0) continue;
            Console.WriteLine($"\nAfter against before{(point.Key.Length > 0 ? $", {options.Axis} {point.Key}" : "")}: median of {pairs.Count} pairs, and the range of all of them");
            foreach (var metric in bench.Metrics) Console.WriteLine($"  {metric.Title}: {Difference.Of(pairs.Select(run => (run[Peers.Before][metric], run[Peers.After][metric])))?.ToString() ?? "nothing to compare"}");
        }
    }
}
