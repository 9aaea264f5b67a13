namespace NotifyDashboard.Bench.Servers;

/// <summary>A server that this program is itself, started with another word: <see cref="NaivePeer"/> or <see cref="RawPeer"/>.</summary>
internal sealed class OwnServer(Options options, string name) : ServerUnderTest(name, options)
{
    protected override (string Program, string[] Arguments) Command() => ("dotnet", [typeof(OwnServer).Assembly.Location, $"serve-{Name}", $"{Port}"]);
}
