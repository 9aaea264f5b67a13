using NotifyDashboard.Bench;
using NotifyDashboard.Bench.Benches;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

try
{
    // One word says which bench; the rest are its options as "--name value".
    return args switch
    {
        ["fanout", .. var options] => Runner.Run(new FanoutBench(), Options.Read(options)),
        ["steady", .. var options] => Runner.Run(new SteadyBench("steady", rate: 5), Options.Read(options)),
        ["overload", .. var options] => Runner.Run(new SteadyBench("overload", rate: 20), Options.Read(options)),
        ["memory", .. var options] => Runner.Run(new MemoryBench(), Options.Read(options)),
        ["storm", .. var options] => Runner.Run(new StormBench(), Options.Read(options)),
        ["publish", .. var options] => Runner.Run(new PublishBench(), Options.Read(options)),
        ["topics", .. var options] => Runner.Run(new TopicsBench(), Options.Read(options)),
        ["history", .. var options] => await HistoryBench.RunAsync(Options.Read(options)),
        ["inbox", .. var options] => await InboxBench.RunAsync(Options.Read(options)),
        ["retention", .. var options] => await RetentionBench.RunAsync(Options.Read(options)),
        ["serve-naive", var port] => await NaivePeer.ServeAsync(port),
        ["serve-raw", var port] => RawPeer.Serve(port),
        _ => Options.Usage(),
    };
}
catch (BenchException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}
