using Dapper;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public class SqliteNotificationLogTests : NotificationLogContract
{
    private readonly SqliteStore _store = new();

    private protected override INotificationLog Open()
    {
        _store.Restart();
        return new SqliteNotificationLog(_store.Source, _store.Writer);
    }

    protected override Task DeleteAsync(long sequence) =>
        _store.Writer.WriteAsync((connection, transaction) => connection.Execute("DELETE FROM notifications WHERE sequence = @sequence", new { sequence }, transaction));

    public override ValueTask DisposeAsync()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
