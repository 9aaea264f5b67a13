namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>What breaks here slows the machine down too: these run alone, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultTests
{
    public const string Name = "Faults";
}
