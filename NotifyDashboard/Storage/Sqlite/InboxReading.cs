using System.Text.Json;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>One recipient's inbox at one moment, to be walked topic by topic.</summary>
/// <param name="head">The newest entry of the log.</param>
internal sealed class InboxReading(
    SqliteConnection connection, SqliteTransaction moment, Recipient recipient, KnownRecipient known, Cursor head, Epochs epochs, DateTimeOffset now)
{
    /// <summary>Rows that one walk reads at most. Below so many rows that are retracted, expired or muted it finds nothing more.</summary>
    public const int MaxRowsScanned = 5_000;

    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public IReadOnlyList<string> Topics => recipient.InboxTopics;

    public InboxPreferences Preferences => known.Preferences;

    public Cursor Head => head;

    public Watermark WatermarkOf(string topic) => known.Watermarks[topic];

    /// <summary>Calls back for each row that is deliverable and that the recipient may see, newest first, until the callback returns false.</summary>
    /// <returns>The sequence down to which the walk is complete; 0 when it read everything.</returns>
    public long Walk(string statement, string? topic, long after, long before, Func<InboxRow, bool> callback)
    {
        using var reader = Command(statement, topic, after, before).ExecuteReader();
        var rows = new InboxRowReader(reader);
        var (rowsScanned, last) = (0, 0L);
        while (reader.Read())
        {
            (rowsScanned, last) = (rowsScanned + 1, rows.Sequence);
            if (!rows.IsDeliverable) continue;
            var row = rows.Read();
            if (!MaySee(row, topic)) continue;
            if (!callback(row)) return last;
        }
        return rowsScanned == MaxRowsScanned ? last : 0;
    }

    public bool IsSnoozed(InboxRow row) => row.SnoozedUntil is { } until && until > now.ToUnixTimeMilliseconds();

    public bool IsMuted(InboxRow row) => known.Preferences != InboxPreferences.None
        && MuteRules.IsMuted(known.Preferences, Topics, row.Type, row.Topics, row.Severity, UnixTime.Of(row.PublishedAt));

    /// <summary>Whether it is unread on that topic: its own mark decides, without one the watermark.</summary>
    public bool IsUnread(InboxRow row, string topic) => row.Read is { } read ? !read : row.Sequence > WatermarkOf(topic).Read;

    /// <inheritdoc cref="IsUnread"/>
    public bool IsUnseen(InboxRow row, string topic) => IsUnread(row, topic) && (row.Seen is { } seen ? !seen : row.Sequence > WatermarkOf(topic).Seen);

    /// <summary>The rows with their content, in the same order.</summary>
    public IReadOnlyList<InboxItem> Items(IReadOnlyList<InboxRow> rows)
    {
        using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (moment, InboxStatements.Content);
        command.Parameters.AddWithValue("@sequences", JsonSerializer.Serialize(rows.Select(row => row.Sequence)));
        var contents = new Dictionary<long, Notification>();
        using (var reader = command.ExecuteReader())
        {
            var notification = new NotificationReader(reader, epochs);
            while (reader.Read()) contents[notification.Sequence] = notification.Read();
        }
        return [.. rows.Select(row =>
        {
            string[] mine = [.. row.Topics.Where(known.Watermarks.ContainsKey)];
            return new InboxItem(contents[row.Sequence], !mine.Any(topic => IsUnseen(row, topic)), !mine.Any(topic => IsUnread(row, topic)), row.IsArchived,
                row.SnoozedUntil is { } until ? UnixTime.Of(until) : null, IsMuted(row));
        })];
    }

    private bool MaySee(InboxRow row, string? topic)
    {
        if (topic is null && !row.Topics.Any(known.Watermarks.ContainsKey)) return false;
        return !row.IsPrivate || (topic is not null && recipient.Granted.MatchesTopic(topic)) || row.Topics.Any(recipient.Granted.MatchesTopic);
    }

    private SqliteCommand Command(string statement, string? topic, long after, long before)
    {
        if (!_commands.TryGetValue(statement, out var command))
        {
            _commands[statement] = command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (moment, statement);
            foreach (var name in new[] { "@topic", "@after", "@before" }) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            command.Parameters.AddWithValue("@recipient", known.Id);
            command.Parameters.AddWithValue("@rowsScanned", MaxRowsScanned);
            command.Parameters.AddWithValue("@now", now.ToUnixTimeMilliseconds());
        }
        (command.Parameters["@topic"].Value, command.Parameters["@after"].Value, command.Parameters["@before"].Value) = ((object?)topic ?? DBNull.Value, after, before);
        return command;
    }
}
