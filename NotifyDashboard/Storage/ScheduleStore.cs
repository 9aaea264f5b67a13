using System.Data.Common;
using Dapper;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Storage;

/// <summary>What waits to be published, in the database.</summary>
internal sealed class ScheduleStore(DbDataSource source, SqliteWriter writer, NotificationHub hub, TimeProvider time) : IScheduleStore
{
    public Task<IReadOnlyList<ScheduledNotification>> ReadAsync(int limit, CancellationToken cancellation) => StoreAccess.TryAsync<IReadOnlyList<ScheduledNotification>>(async () =>
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<ScheduledRow>(new CommandDefinition(ScheduledRow.SelectWaiting, new { limit }, cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToScheduled(hub.Epochs))];
    });

    public Task<ScheduledNotification?> FindAsync(string id, CancellationToken cancellation) => StoreAccess.TryAsync(async () =>
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var row = await connection.QueryFirstOrDefaultAsync<ScheduledRow>(new CommandDefinition(ScheduledRow.SelectOne, new { id }, cancellationToken: cancellation));
        return row?.ToScheduled(hub.Epochs);
    });

    public async Task<bool> MoveAsync(string id, DateTimeOffset publishAt, Actor by)
    {
        var at = publishAt.ToUnixTimeMilliseconds();
        var moved = await StoreAccess.TryAsync(() => writer.WriteAsync((connection, transaction) => Change(connection, transaction, ScheduledRow.Move, new { id, at }, ScheduledRow.Audit(AuditActions.Moved, by, id, publishAt))));
        if (moved) hub.NoteDue(publishAt);
        return moved;
    }

    public async Task<bool> CancelAsync(string id, Actor by) =>
        await StoreAccess.TryAsync(() => writer.WriteAsync((connection, transaction) => Change(connection, transaction, ScheduledRow.Cancel, new { id }, ScheduledRow.Audit(AuditActions.Cancelled, by, id))));

    private bool Change(DbConnection connection, DbTransaction transaction, string statement, object parameters, AuditEntry entry)
    {
        if (connection.Execute(statement, parameters, transaction) == 0) return false;
        AuditLog.AddAct(connection, transaction, entry, time.GetUtcNow());
        return true;
    }
}
