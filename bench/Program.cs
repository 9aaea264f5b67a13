using NotifyDashboard.Bench;
using NotifyDashboard.Bench.Benches;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

try
{
    return await RunAsync(args);
}
catch (BenchException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

// One word says which bench; the rest are its options as "--name value".
static async Task<int> RunAsync(string[] args) => args switch
{
    ["fanout", .. var options] => Runner.Run(new FanoutBench(), Options.Read(options)),
    ["steady", .. var options] => Runner.Run(new SteadyBench("steady", rate: 5), Options.Read(options)),
    ["overload", .. var options] => Runner.Run(new SteadyBench("overload", rate: 20), Options.Read(options)),
    ["memory", .. var options] => Runner.Run(new MemoryBench(), Options.Read(options)),
    ["storm", .. var options] => Runner.Run(new StormBench(), Options.Read(options)),
    ["publish", .. var options] => Runner.Run(new PublishBench(), Options.Read(options)),
    ["topics", .. var options] => Runner.Run(new TopicsBench(), Options.Read(options)),
    ["circuits", .. var options] => Runner.Run(new CircuitsBench(), Options.Read(options)),
    ["history", .. var options] => await HistoryBench.RunAsync(Options.Read(options)),
    ["searches", .. var options] => await SearchesBench.RunAsync(Options.Read(options)),
    ["inbox", .. var options] => await InboxBench.RunAsync(Options.Read(options)),
    ["retention", .. var options] => await RetentionBench.RunAsync(Options.Read(options)),
    ["check", .. var options] => await CheckAsync(options),
    ["serve-naive", var port] => await NaivePeer.ServeAsync(port),
    ["serve-raw", var port] => RawPeer.Serve(port),
    _ => Options.Usage(),
};

// Each bench once and small: that it works, not how fast it is.
static async Task<int> CheckAsync(string[] options)
{
    string[] small = ["history --rows 2000 --runs 3", "searches --rows 2000 --searchers 4 --seconds 1", "inbox --rows 2000 --recipients 20 --runs 20", "retention --rows 2000 --gone 500"];
    // The load is made of epoll.
    string[] smallLoads = !OperatingSystem.IsLinux() ? [] :
    [
        "fanout --server hub,naive,raw --connections 50", "steady --connections 50 --seconds 1 --warm 5 --match 2", "overload --connections 100 --seconds 1 --warm 5",
        "memory --connections 50 --seconds 1", "storm --connections 50 --seconds 1", "publish --connections 8 --seconds 0.5", "topics --topics 2,50 --seconds 0.5 --warm 20",
    ];
    string[] browser = CircuitsBench.HasBrowser ? ["circuits --pages 1 --sentences 1 --seconds 0.5 --runs 1"] : [];
    foreach (var bench in small.Concat(smallLoads.Select(bench => $"{bench} --runs 1")).Concat(browser))
    {
        Console.WriteLine(bench);
        if (await RunAsync([.. bench.Split(' '), .. options]) is not 0 and var code) return code;
    }
    return 0;
}
