using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteSecretStoreTests : SecretStoreContract
{
    private protected override Task<ITestDatabase> OpenAsync() => SqliteStore.OpenAsync();
}
