using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public class SqliteNotificationLogTests : NotificationLogContract
{
    private readonly SqliteStore _store = new();
    private SqliteNotificationLog? _log;

    private protected override INotificationLog Open()
    {
        _log?.Dispose();
        _store.Restart();
        return _log = new SqliteNotificationLog(_store.Database, _store.Source, _store.Writer, NullLogger<SqliteNotificationLog>.Instance);
    }

    protected override Task DeleteAsync(long sequence) =>
        _store.Writer.WriteAsync((connection, transaction) => connection.Execute("DELETE FROM notifications WHERE sequence = @sequence", new { sequence }, transaction));

    public override ValueTask DisposeAsync()
    {
        _log?.Dispose();
        _store.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
