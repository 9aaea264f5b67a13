using System.Globalization;
using NotifyDashboard.Bench.Reporting;

namespace NotifyDashboard.Bench;

/// <summary>Options of a bench: <c>--name value</c>. One of them may have several values with commas between: the bench is run at each.</summary>
internal sealed class Options(Dictionary<string, string> given)
{
    private static readonly string[] Axes = ["connections", "rate", "topics", "match"];

    private readonly SortedDictionary<string, string> _used = [];

    private Options(Options all, string axis, string value) : this(new(all.Given) { [axis] = value }) => _used = all._used;

    public IReadOnlyDictionary<string, string> Given => given;

    /// <summary>The numbers that the bench went by, whether they were given or not.</summary>
    public IReadOnlyDictionary<string, string> Used => _used;

    /// <summary>Where servers keep their data: publishes are as fast as the disk of this folder.</summary>
    public string Scratch => Path.GetFullPath(Text("scratch", Path.GetTempPath()));

    /// <summary>The hub's project, found from where this is built: bench/bin/configuration/framework.</summary>
    public static string Project => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../NotifyDashboard"));

    /// <summary>The folder of the results.</summary>
    public string Out => Path.GetFullPath(Text("out", Path.Combine(AppContext.BaseDirectory, "../../../results")));

    /// <summary>The option that has several values; connections where none has.</summary>
    public string Axis => Array.Find(Axes, name => Text(name, "").Contains(',')) ?? Axes[0];

    public static Options Read(string[] arguments)
    {
        var given = new Dictionary<string, string>();
        foreach (var pair in arguments.Chunk(2))
        {
            if (pair is not [['-', '-', .. var name], var value]) throw new BenchException($"Options are \"--name value\", which \"{string.Join(' ', pair)}\" is not.");
            given[name] = value;
        }
        return new Options(given);
    }

    public string Text(string name, string otherwise) => given.GetValueOrDefault(name, otherwise);

    public string[] List(string name, string otherwise) => Text(name, otherwise).Split(',');

    public int Number(string name, int otherwise) => (int)Read(name, otherwise);

    public TimeSpan Seconds(double otherwise) => TimeSpan.FromSeconds(Read("seconds", otherwise));

    /// <summary>These options once for each value of the axis.</summary>
    public IEnumerable<(string Value, Options Options)> Points() => given.TryGetValue(Axis, out var values)
        ? values.Split(',').Select(value => (value, new Options(this, Axis, value)))
        : [("", this)];

    private double Read(string name, double otherwise)
    {
        _used[name] = Text(name, otherwise.ToString(CultureInfo.InvariantCulture));
        return double.TryParse(_used[name], CultureInfo.InvariantCulture, out var number) ? number : throw new BenchException($"--{name} has to be a number, which \"{_used[name]}\" is not.");
    }

    public static int Usage()
    {
        Console.Error.WriteLine("""
            Usage: dotnet run --project bench -c Release -- BENCH [--name value ...]

              fanout     a burst of 20 events, each published after the answer to the one before
              steady     events at a rate: latency, and the server's CPU for each delivery
              overload   the same, faster than one write for each event allows
              memory     what an idle stream and an idle server hold, and how long a start takes
              storm      all streams come back with a cursor 100 events behind while publishing goes on
              publish    durable publishes, one by one and in batches of 100
              topics     publishing to one topic of many, against the only one
              circuits   what open pages of the dashboard cost, in a real browser: [--pages 20] [--sentences 5]
              history    answers of the history: [--rows 1000000] [--runs 50]
              searches   how long a publish waits while many search: [--rows 1000000] [--searchers 32] [--seconds 15]
              inbox      counts and pages of inboxes: [--rows 1000000] [--recipients 10000] [--runs 3000]
              retention  what publishes wait while it takes notifications away: [--rows 1000000] [--gone 20000]
              check      each of them once and small: that it works, not how fast it is

              --server hub|nchan|better-sse|naive|raw|all   with commas between   (hub)
              --connections N   --rate N   --topics N   --match N                 (one of them may be a list: 100,1000,10000)
              --runs N          medians of so many                                (3; of two hubs 6)
              --seconds N       how long each part is measured
              --warm N          events before the measured ones
              --elsewhere N     storm: publishes a second on another topic; 0: as fast as they are answered (100)
              --app FOLDER      the published hub; otherwise it is published anew
              --app BEFORE,AFTER  two published hubs in turn, six pairs: says how much they differ
              --scratch FOLDER  where servers keep their data                     (the system's)
              --out FOLDER      where results go, as JSON and SVG                 (bench/results)
            """);
        return 1;
    }
}
