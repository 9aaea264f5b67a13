using System.Data.Common;
using Dapper;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>Scheduled notifications in the database.</summary>
internal sealed class ScheduleStore(Database db, INotificationLog log, ScheduleClock clock, TimeProvider time) : IScheduleStore
{
    public Task<IReadOnlyList<ScheduledNotification>> ReadAsync(TopicFilter allowed, int limit, CancellationToken cancellation) => db.ReadAsync<IReadOnlyList<ScheduledNotification>>(async connection =>
    {
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(ScheduledRow.SelectWaiting, cancellationToken: cancellation));
        var (parse, found) = (reader.GetRowParser<ScheduledRow>(), new List<ScheduledNotification>());
        // Filtered here, row by row: SQL knows no topic patterns, and a LIMIT would count rows that this reader may not see.
        while (found.Count < limit && await reader.ReadAsync(cancellation))
        {
            if (parse(reader) is var row && row.IsWithin(allowed)) found.Add(row.ToScheduled(log.Epochs));
        }
        return found;
    }, cancellation);

    public async Task<ScheduledNotification?> FindAsync(string id, CancellationToken cancellation) =>
        (await db.FindAsync<ScheduledRow>(ScheduledRow.SelectOne, new { id }, cancellation))?.ToScheduled(log.Epochs);

    public async Task<IReadOnlyList<ScheduledNotification>> ReadMissedAsync(DateTimeOffset since, int limit, CancellationToken cancellation) =>
        [.. (await db.QueryAsync<ScheduledRow>(ScheduledRow.SelectMissed, new { since = since.ToUnixTimeMilliseconds(), limit }, cancellation)).Select(row => row.ToScheduled(log.Epochs))];

    public async Task<bool> MoveAsync(string id, DateTimeOffset publishAt, Actor by)
    {
        var at = publishAt.ToUnixTimeMilliseconds();
        var moved = await db.WriteAsync((connection, transaction) => Change(connection, transaction, ScheduledRow.Move, new { id, at }, ScheduledRow.Audit(AuditActions.Moved, by, id, publishAt)));
        if (moved) clock.SetNextDue(publishAt);
        return moved;
    }

    public Task<bool> CancelAsync(string id, Actor by) =>
        db.WriteAsync((connection, transaction) => Change(connection, transaction, ScheduledRow.Cancel, new { id }, ScheduledRow.Audit(AuditActions.Cancelled, by, id)));

    private bool Change(DbConnection connection, DbTransaction transaction, string statement, object parameters, AuditEntry entry)
    {
        if (connection.Execute(statement, parameters, transaction) == 0) return false;
        AuditLog.AddAct(connection, transaction, entry, time.GetUtcNow());
        return true;
    }
}
