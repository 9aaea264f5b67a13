using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteOperatorSessionStoreTests : OperatorSessionStoreContract
{
    private protected override Task<ITestDatabase> OpenAsync() => SqliteStore.OpenAsync();
}
