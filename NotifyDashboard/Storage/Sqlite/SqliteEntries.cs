using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;
using SQLitePCL;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The log's rows within one transaction of the writer: inserts entries, finds notifications, replaces and erases their content. Knows no rules; <see cref="SqliteAppend"/> applies them.</summary>
internal sealed class SqliteEntries(SqliteConnection connection, SqliteTransaction transaction, PreparedCommands commands, Epochs epochs, DateTimeOffset now)
{
    private const string InsertNotification =
        """
        INSERT INTO notifications
          (topics, private, published_at, published_by, kept_until, external_id, collapse, type, title, body, severity, url, icon, tags, actions, data, data_is_json, retry_ms, expires_at)
        VALUES
          (@topics, @private, @published_at, @published_by, @kept_until, @external_id, @collapse, @type, @title, @body, @severity, @url, @icon, @tags, @actions, @data, @data_is_json, @retry_ms, @expires_at)
        """;

    private const string InsertTopicsFrom =
        """
        INSERT INTO notification_topics (topic, sequence)
        SELECT value, sequence FROM notifications, json_each(topics) WHERE sequence >= @first AND kind = 0
        """;

    private const string InsertChange =
        """
        INSERT INTO notifications (kind, target, topics, private, type, data_is_json, published_at, published_by)
        SELECT @kind, sequence, topics, private, '', 0, @at, @by FROM notifications WHERE sequence = @target
        RETURNING sequence
        """;

    private const string InsertTopics = "INSERT INTO notification_topics (topic, sequence) SELECT value, @sequence FROM json_each(@topics)";

    private const string SelectOne = $"SELECT {NotificationRow.Columns} FROM notifications WHERE sequence = @sequence AND kind = 0";

    private const string SelectByExternalId = $"SELECT {NotificationRow.Columns} FROM notifications WHERE external_id = @externalId ORDER BY sequence";

    private const string SelectCollapsed = "SELECT sequence, published_by FROM notifications WHERE collapse = @scope ORDER BY sequence";

    private const string SelectExpired = "SELECT sequence FROM notifications WHERE expires_at <= @at AND expires_at IS NOT NULL AND retracted_at IS NULL ORDER BY expires_at LIMIT @limit";

    private const string SelectUpdates = "SELECT sequence FROM notifications WHERE target = @target AND kind = 1";

    private const string DeleteTopics = "DELETE FROM notification_topics WHERE sequence = @sequence AND topic IN (SELECT value FROM json_each(@topics))";

    private const string DeleteChange = "DELETE FROM notifications WHERE sequence = @sequence";

    private const string SetContent =
        """
        UPDATE notifications
        SET updated_at = @updated_at, title = @title, body = @body, severity = @severity, url = @url, icon = @icon, tags = @tags, actions = @actions,
            data = @data, data_is_json = @data_is_json, retry_ms = @retry_ms, expires_at = @expires_at
        WHERE sequence = @sequence
        """;

    private const string SetRetracted = "UPDATE notifications SET retracted_at = @at, retracted_by = @by, retract_reason = @reason, collapse = NULL WHERE sequence = @target";

    private const string SetErased =
        """
        UPDATE notifications
        SET external_id = NULL, title = NULL, body = NULL, severity = NULL, url = NULL, icon = NULL, tags = NULL, actions = NULL,
            data = NULL, data_is_json = 0, retry_ms = NULL, expires_at = NULL
        WHERE sequence = @target
        """;

    private long? _firstUnindexed; // the first notification that was inserted without its topics

    private long At => now.ToUnixTimeMilliseconds();

    public Notification Insert(NotificationDraft draft, string by, DateTimeOffset? retainUntil)
    {
        Prepared(InsertNotification, NotificationRow.Values(draft, now, by, retainUntil)).ExecuteNonQuery();
        var sequence = raw.sqlite3_last_insert_rowid(connection.Handle);
        _firstUnindexed ??= sequence;
        return new Notification(epochs.CursorOf(sequence), draft, now, by);
    }

    /// <summary>Indexes the topics of all inserted notifications: once for a transaction instead of once for each.</summary>
    public void IndexTopics()
    {
        if (_firstUnindexed is { } first) Prepared(InsertTopicsFrom, ("@first", first)).ExecuteNonQuery();
    }

    /// <summary>Null when there is none with this cursor.</summary>
    public Notification? Find(Cursor id) => Read(SelectOne, new { sequence = id.Sequence }).FirstOrDefault() is { } found && found.Id == id ? found : null;

    public Notification Get(long sequence) => Find(epochs.CursorOf(sequence))!;

    public IEnumerable<Notification> FindByExternalId(string externalId) => Read(SelectByExternalId, new { externalId });

    public List<(long Sequence, string PublishedBy)> FindCollapsed(string scope)
    {
        var found = new List<(long, string)>();
        using var reader = Prepared(SelectCollapsed, ("@scope", scope)).ExecuteReader();
        while (reader.Read()) found.Add((reader.GetInt64(0), reader.GetString(1)));
        return found;
    }

    public List<long> FindExpired(int limit) => connection.Query<long>(SelectExpired, new { at = At, limit }, transaction).AsList();

    public LogEntry Update(Notification stored, NotificationDraft draft, string by)
    {
        DeleteUpdates(stored);
        Prepared(SetContent, [("@updated_at", At), .. NotificationRow.Content(draft), ("@sequence", stored.Id.Sequence)]).ExecuteNonQuery();
        return Append(LogEntryKind.Update, stored with { Draft = draft, UpdatedAt = now }, by);
    }

    public LogEntry End(Notification stored, string by, string reason)
    {
        DeleteUpdates(stored);
        var (target, isErased) = (stored.Id.Sequence, reason != Retraction.Expired);
        connection.Execute(SetRetracted, new { target, at = At, by, reason }, transaction);
        if (isErased) connection.Execute(SetErased, new { target }, transaction);
        var draft = isErased ? new NotificationDraft { Topics = stored.Draft.Topics, Private = stored.Draft.Private, Type = stored.Draft.Type } : stored.Draft;
        return Append(LogEntryKind.Retract, stored with { Draft = draft, Retraction = new(now, by, reason) }, by);
    }

    private LogEntry Append(LogEntryKind kind, Notification about, string by)
    {
        var sequence = connection.ExecuteScalar<long>(InsertChange, new { kind = (int)kind, target = about.Id.Sequence, at = At, by }, transaction);
        connection.Execute(InsertTopics, new { sequence, topics = JsonSerializer.Serialize(about.Draft.Topics) }, transaction);
        return new(epochs.CursorOf(sequence), kind, about);
    }

    // The entry that is appended next supersedes earlier updates for every subscriber that has not received them yet.
    private void DeleteUpdates(Notification about)
    {
        foreach (var sequence in connection.Query<long>(SelectUpdates, new { target = about.Id.Sequence }, transaction).AsList())
        {
            connection.Execute(DeleteTopics, new { sequence, topics = JsonSerializer.Serialize(about.Draft.Topics) }, transaction);
            connection.Execute(DeleteChange, new { sequence }, transaction);
        }
    }

    private IEnumerable<Notification> Read(string statement, object parameters)
    {
        using var reader = (DbDataReader)connection.ExecuteReader(statement, parameters, transaction);
        var notification = new NotificationReader(reader, epochs);
        while (reader.Read()) yield return notification.Read();
    }

    private SqliteCommand Prepared(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters) => commands.Get(connection, transaction, statement, parameters);
}
