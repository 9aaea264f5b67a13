namespace NotifyDashboard.Bench.Servers;

/// <summary>A server that this program is itself, started with another word: <see cref="NaivePeer"/> or <see cref="RawPeer"/>.</summary>
internal sealed class OwnServer(Options options, string name) : ServerUnderTest(name, options)
{
    protected override (string Program, string[] Arguments) Command() => ("dotnet", [typeof(OwnServer).Assembly.Location, $"serve-{Name}", $"{Port}"]);

    // This program switches it off for its load; a server has it.
    protected override void Configure(IDictionary<string, string?> environment) => environment["DOTNET_TieredCompilation"] = "1";
}
