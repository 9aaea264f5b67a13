namespace NotifyDashboard.Bench.Servers;

/// <summary>better-sse on Node, a channel for all.</summary>
internal sealed class BetterSseServer(Options options, string folder) : ServerUnderTest("better-sse", options)
{
    protected override string WorkingDirectory => folder;

    protected override (string Program, string[] Arguments) Command() => ("node", ["better-sse.mjs", $"{Port}"]);
}
