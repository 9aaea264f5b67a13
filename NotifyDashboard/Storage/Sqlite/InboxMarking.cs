using System.Data.Common;
using System.Text.Json;
using Dapper;
using NotifyDashboard.Inbox;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The recipient whose marks are written, the topics of their inbox, and the time.</summary>
internal sealed record Marker(long Recipient, IReadOnlyList<string> Topics, DateTimeOffset Now);

/// <summary>Writes what a recipient did with notifications. Every statement sets a state, so repeating it changes nothing.</summary>
internal static class InboxMarking
{
    private static readonly Dictionary<InboxAction, string> Single = new()
    {
        [InboxAction.Seen] = InboxMarkStatements.SetSeen,
        [InboxAction.Read] = InboxMarkStatements.SetRead,
        [InboxAction.Unread] = InboxMarkStatements.SetUnread,
        [InboxAction.Archive] = InboxMarkStatements.SetArchived,
        [InboxAction.Unarchive] = InboxMarkStatements.SetUnarchived,
        [InboxAction.Snooze] = InboxMarkStatements.SetSnoozed,
    };

    public static int Run(DbConnection connection, DbTransaction transaction, Marker marker, InboxMark mark)
    {
        var parameters = new
        {
            id = marker.Recipient,
            topics = JsonSerializer.Serialize(mark.Topics is null ? marker.Topics : marker.Topics.Intersect(mark.Topics)),
            others = JsonSerializer.Serialize(marker.Topics.Except(mark.Topics ?? marker.Topics)),
            rowsScanned = InboxReading.MaxRowsScanned,
            sequences = JsonSerializer.Serialize(mark.Sequences),
            through = mark.Through,
            until = mark.Until?.ToUnixTimeMilliseconds(),
            now = marker.Now.ToUnixTimeMilliseconds(),
        };
        if (mark.Sequences.Count > 0) Execute(Single[mark.Action]);
        if (mark.Through is null) return 0;
        var isRead = mark.Action == InboxAction.Read;
        Execute(isRead ? InboxMarkStatements.SetMarkedUnreadRead : InboxMarkStatements.SetMarkedUnreadSeen);
        // Before the watermark advances: these statements start from it.
        if (mark.Topics is not null) Execute(isRead ? InboxMarkStatements.SetReadElsewhere : InboxMarkStatements.SetSeenElsewhere);
        Execute(isRead ? InboxMarkStatements.AdvanceRead : InboxMarkStatements.AdvanceSeen);
        if (isRead) Execute(InboxMarkStatements.DeleteRedundant);
        return 0;

        void Execute(string statement) => connection.Execute(statement, parameters, transaction);
    }
}
