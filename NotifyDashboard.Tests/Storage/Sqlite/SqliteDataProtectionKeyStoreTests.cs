using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteDataProtectionKeyStoreTests : DataProtectionKeyStoreContract
{
    private protected override Task<ITestDatabase> OpenAsync() => SqliteStore.OpenAsync();
}
