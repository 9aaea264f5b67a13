namespace NotifyDashboard.Tests.Testing;

/// <summary>Tests whose deadline needs all of the machine: they run one by one, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Sequential
{
    public const string Name = "Sequential";
}
