using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteAuditLogTests : AuditLogContract
{
    private protected override Task<ITestDatabase> OpenAsync() => SqliteStore.OpenAsync();
}
