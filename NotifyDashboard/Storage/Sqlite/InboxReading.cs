using System.Data.Common;
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
    // Entries of a topic that one walk looks at: behind so many that are over, or muted, nobody looks for more.
    public const int MaxRowsScanned = 5_000;

    private const string From =
        "SELECT n.sequence, m.read, m.seen, coalesce(m.archived, 0), m.snoozed_until, n.private, n.topics, n.type, n.severity, n.published_at, "
        + "n.kind = 0 AND n.retracted_at IS NULL AND (n.expires_at IS NULL OR n.expires_at > @now) FROM (";

    // The order is that of the inner part, and the join keeps it: so a walk that has enough ends early.
    private const string Joined =
        " ORDER BY sequence DESC LIMIT @looks) AS w CROSS JOIN notifications AS n ON n.sequence = w.sequence LEFT JOIN inbox_marks AS m ON m.recipient = @recipient AND m.sequence = w.sequence";

    /// <summary>What is on one topic.</summary>
    public const string OfTopic = From + "SELECT sequence FROM notification_topics WHERE topic = @topic AND sequence > @after AND sequence < @before" + Joined;

    /// <summary>What was marked as unread, wherever the watermarks are.</summary>
    public const string OfRaised = From + "SELECT sequence FROM inbox_marks INDEXED BY inbox_marks_raised WHERE recipient = @recipient AND read = 0 AND sequence > @after AND sequence < @before AND @topic IS NULL" + Joined;

    /// <summary>What was archived.</summary>
    public const string OfArchived = From + "SELECT sequence FROM inbox_marks INDEXED BY inbox_marks_archived WHERE recipient = @recipient AND archived = 1 AND sequence > @after AND sequence < @before AND @topic IS NULL" + Joined;

    private static readonly string SelectContent = $"SELECT {NotificationRow.Columns} FROM notifications WHERE sequence IN (SELECT value FROM json_each(@sequences))";

    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public IReadOnlyList<string> Topics => recipient.InboxTopics;

    public InboxPreferences Preferences => known.Preferences;

    public Cursor Head => head;

    public Watermark WatermarkOf(string topic) => known.Watermarks[topic];

    /// <summary>Goes from the newest to the oldest of what is still there and may be seen, until told to stop.</summary>
    /// <returns>Everything at or above this sequence was looked at; 0: everything.</returns>
    public long Walk(string statement, string? topic, long after, long before, Func<InboxRow, bool> goOn)
    {
        using var reader = Command(statement, topic, after, before).ExecuteReader();
        var (looks, last) = (0, 0L);
        while (reader.Read())
        {
            (looks, last) = (looks + 1, reader.GetInt64(0));
            if (reader.GetInt64(10) == 0) continue;
            var row = new InboxRow(reader);
            if (!MaySee(row, topic)) continue;
            if (!goOn(row)) return last;
        }
        return looks == MaxRowsScanned ? last : 0;
    }

    public bool IsAway(InboxRow row) => row.SnoozedUntil is { } until && until > now.ToUnixTimeMilliseconds();

    public bool IsMuted(InboxRow row) => known.Preferences != InboxPreferences.None
        && MuteRules.IsMuted(known.Preferences, Topics, row.Type, row.Topics, row.Severity, UnixTime.Of(row.PublishedAt));

    /// <summary>Whether it is unread on that topic.</summary>
    public bool IsUnread(InboxRow row, string topic) => row.Read is { } read ? !read : row.Sequence > WatermarkOf(topic).Read;

    /// <summary>Whether it is unseen on that topic.</summary>
    public bool IsUnseen(InboxRow row, string topic) => IsUnread(row, topic) && (row.Seen is { } seen ? !seen : row.Sequence > WatermarkOf(topic).Seen);

    /// <summary>The rows with all that they say, newest first.</summary>
    public IReadOnlyList<InboxItem> Items(IReadOnlyList<InboxRow> rows)
    {
        using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (moment, SelectContent);
        command.Parameters.AddWithValue("@sequences", JsonSerializer.Serialize(rows.Select(row => row.Sequence)));
        var contents = new Dictionary<long, Notification>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read()) contents[reader.GetInt64(0)] = NotificationRow.Read(reader, epochs);
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
            command.Parameters.AddWithValue("@looks", MaxRowsScanned);
            command.Parameters.AddWithValue("@now", now.ToUnixTimeMilliseconds());
        }
        (command.Parameters["@topic"].Value, command.Parameters["@after"].Value, command.Parameters["@before"].Value) = ((object?)topic ?? DBNull.Value, after, before);
        return command;
    }
}

/// <summary>What counting needs of a notification and its marks.</summary>
internal sealed class InboxRow(DbDataReader row)
{
    private readonly string _topics = row.GetString(6);
    private string[]? _read;

    public long Sequence { get; } = row.GetInt64(0);

    /// <summary>Null: as the watermark says.</summary>
    public bool? Read { get; } = row.IsDBNull(1) ? null : row.GetInt64(1) != 0;

    /// <inheritdoc cref="Read"/>
    public bool? Seen { get; } = row.IsDBNull(2) ? null : row.GetInt64(2) != 0;

    public bool IsArchived { get; } = row.GetInt64(3) != 0;

    public long? SnoozedUntil { get; } = row.IsDBNull(4) ? null : row.GetInt64(4);

    public bool IsPrivate { get; } = row.GetInt64(5) != 0;

    public string[] Topics => _read ??= JsonSerializer.Deserialize<string[]>(_topics)!;

    public string Type { get; } = row.GetString(7);

    public string? Severity { get; } = row.IsDBNull(8) ? null : row.GetString(8);

    /// <summary>Unix time in milliseconds.</summary>
    public long PublishedAt { get; } = row.GetInt64(9);
}
