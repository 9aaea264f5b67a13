using NotifyDashboard.Bench;

// One word says which bench; the rest are its options as "--name value".
return args switch
{
    ["history", .. var options] => await HistoryBench.RunAsync(Options.Read(options)),
    _ => Options.Usage(),
};
