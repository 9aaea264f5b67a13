using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteActivityStoreTests : ActivityStoreContract
{
    private protected override Task<TestHub> StartAsync(TimeProvider time) => TestHub.StartAsync(time: time);
}
