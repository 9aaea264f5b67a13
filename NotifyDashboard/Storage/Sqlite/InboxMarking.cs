using System.Data.Common;
using System.Text.Json;
using Dapper;
using NotifyDashboard.Inbox;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Whose marks, and when.</summary>
internal sealed record Marker(long Recipient, IReadOnlyList<string> Topics, DateTimeOffset Now);

/// <summary>Writes what a recipient did with notifications. Everything is set to what it is to be, so doing it again changes nothing.</summary>
internal static class InboxMarking
{
    private const string OfInbox = "EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = ";

    // Snoozed items were not visible, so a bulk mark skips them: they return unseen and unread.
    private const string IsThere = "(snoozed_until IS NULL OR snoozed_until <= @now)";

    private const string MoveSeen = "UPDATE inbox_topics SET seen_through = max(seen_through, @through) WHERE recipient = @id AND topic IN (SELECT value FROM json_each(@topics))";

    private const string MoveRead =
        "UPDATE inbox_topics SET seen_through = max(seen_through, @through), read_through = max(read_through, @through) WHERE recipient = @id AND topic IN (SELECT value FROM json_each(@topics))";

    private const string LowerSeen = $"UPDATE inbox_marks INDEXED BY inbox_marks_raised SET seen = 1 WHERE recipient = @id AND read = 0 AND sequence <= @through AND {IsThere} AND {OfInbox} inbox_marks.sequence)";

    private const string LowerRead = $"UPDATE inbox_marks INDEXED BY inbox_marks_raised SET seen = 1, read = 1 WHERE recipient = @id AND read = 0 AND sequence <= @through AND {IsThere} AND {OfInbox} inbox_marks.sequence)";

    // A notification that is also on another topic of the inbox would stay above that topic's watermark, so it gets a mark of its own. Counting scans only MaxRowsScanned entries of a topic: older ones need none.
    private static readonly string KeepSeen = Keep("seen_through", "seen", "1", "seen = 1"), KeepRead = Keep("read_through", "seen, read", "1, 1", "seen = 1, read = 1");

    // At or below the recipient's lowest read watermark, a mark that only says "read" is redundant.
    private const string Forget =
        "DELETE FROM inbox_marks WHERE recipient = @id AND sequence <= (SELECT min(read_through) FROM inbox_topics WHERE recipient = @id) "
        + $"AND coalesce(read, 1) = 1 AND archived = 0 AND {IsThere}";

    private static readonly Dictionary<InboxAct, string> Upserts = new()
    {
        [InboxAct.Seen] = Upsert("seen", "1", "seen = 1"),
        [InboxAct.Read] = Upsert("seen, read", "1, 1", "seen = 1, read = 1"),
        [InboxAct.Unread] = Upsert("seen, read", "1, 0", "seen = 1, read = 0"),
        [InboxAct.Archive] = Upsert("archived", "1", "archived = 1, snoozed_until = NULL"),
        [InboxAct.Unarchive] = Upsert("archived", "0", "archived = 0"),
        [InboxAct.Snooze] = Upsert("seen, read, snoozed_until", "0, 0, @until", "seen = 0, read = 0, archived = 0, snoozed_until = @until"),
    };

    public static int Run(DbConnection connection, DbTransaction transaction, Marker marker, InboxMark mark)
    {
        var given = new
        {
            id = marker.Recipient,
            topics = JsonSerializer.Serialize(mark.Topics is null ? marker.Topics : marker.Topics.Intersect(mark.Topics)),
            others = JsonSerializer.Serialize(marker.Topics.Except(mark.Topics ?? marker.Topics)),
            looks = InboxReading.MaxRowsScanned,
            sequences = JsonSerializer.Serialize(mark.Sequences),
            through = mark.Through,
            until = mark.Until?.ToUnixTimeMilliseconds(),
            now = marker.Now.ToUnixTimeMilliseconds(),
        };
        if (mark.Sequences.Count > 0) connection.Execute(Upserts[mark.Act], given, transaction);
        if (mark.Through is null) return 0;
        connection.Execute(mark.Act == InboxAct.Read ? LowerRead : LowerSeen, given, transaction);
        if (mark.Topics is not null) connection.Execute(mark.Act == InboxAct.Read ? KeepRead : KeepSeen, given, transaction);
        connection.Execute(mark.Act == InboxAct.Read ? MoveRead : MoveSeen, given, transaction);
        if (mark.Act == InboxAct.Read) connection.Execute(Forget, given, transaction);
        return 0;
    }

    private static string Keep(string watermark, string columns, string values, string update) =>
        $"INSERT INTO inbox_marks (recipient, sequence, {columns}) SELECT DISTINCT @id, t.sequence, {values} FROM inbox_topics AS w JOIN notification_topics AS t ON t.topic = w.topic AND t.sequence > w.{watermark} AND t.sequence <= @through "
        + "AND t.sequence > coalesce((SELECT sequence FROM notification_topics WHERE topic = w.topic AND sequence <= @through ORDER BY sequence DESC LIMIT 1 OFFSET @looks), 0) "
        + "JOIN notifications AS n ON n.sequence = t.sequence AND n.kind = 0 WHERE w.recipient = @id AND w.topic IN (SELECT value FROM json_each(@topics)) "
        + "AND EXISTS (SELECT 1 FROM json_each(@others) AS other JOIN notification_topics AS o ON o.topic = other.value AND o.sequence = t.sequence) "
        + $"ON CONFLICT (recipient, sequence) DO UPDATE SET {update} WHERE {IsThere}";

    private static string Upsert(string columns, string values, string update) =>
        $"INSERT INTO inbox_marks (recipient, sequence, {columns}) SELECT @id, n.sequence, {values} FROM json_each(@sequences) AS given JOIN notifications AS n ON n.sequence = given.value AND n.kind = 0 "
        + $"WHERE {OfInbox} n.sequence) ON CONFLICT (recipient, sequence) DO UPDATE SET {update}";
}
