namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>Tests that slow the machine down, or whose deadline needs all of it: they run one by one, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Sequential
{
    public const string Name = "Sequential";
}
