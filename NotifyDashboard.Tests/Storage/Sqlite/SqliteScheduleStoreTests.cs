using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteScheduleStoreTests : ScheduleStoreContract
{
    private protected override Task<TestHub> StartAsync(TimeProvider time) => TestHub.StartAsync(time: time);
}
