using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreContract
{
    private protected override Task<ITestDatabase> OpenAsync() => SqliteStore.OpenAsync();
}
