namespace NotifyDashboard.Tests.Testing;

/// <summary>One server for all tests of a class that leave no trace for each other.</summary>
public sealed class SharedServer : IAsyncDisposable
{
    public HubServer Hub { get; } = Hubs.Start();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
