using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of a store whose content comes from a hub.</summary>
public abstract class HubStoreContract : StoreContract
{
    private protected TestHub Hub { get; private set; } = null!;

    private protected abstract Task<TestHub> StartAsync(TimeProvider time);

    private protected sealed override async Task<ITestDatabase> OpenAsync() => Hub = await StartAsync(Time);
}
