using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using SQLitePCL;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Carries out the changes of the log in the writer's transaction, one after the other. What a change needs is looked up before it writes
/// anything, so that one that is refused leaves nothing behind. Publishing goes through raw prepared commands; the rest is rare.
/// </summary>
internal sealed class SqliteAppend(Epochs epochs)
{
    private static readonly string InsertNotification = Insert(NotificationRow.GivenColumns);

    private const string IndexTopics = "INSERT INTO notification_topics (topic, sequence) SELECT value, sequence FROM notifications, json_each(topics) WHERE sequence >= @p0 AND kind = 0";

    private const string InsertChange =
        "INSERT INTO notifications (kind, target, topics, private, type, data_is_json, published_at, published_by) "
        + "SELECT @kind, sequence, topics, private, '', 0, @at, @by FROM notifications WHERE sequence = @target RETURNING sequence";

    private const string InsertTopics = "INSERT INTO notification_topics (topic, sequence) SELECT value, @sequence FROM json_each(@topics)";

    private const string SelectOne = $"SELECT {NotificationRow.Columns} FROM notifications WHERE sequence = @sequence AND kind = 0";

    private const string SelectByExternalId = $"SELECT {NotificationRow.Columns} FROM notifications WHERE external_id = @externalId ORDER BY sequence";

    private const string SelectCollapsed = "SELECT sequence, published_by FROM notifications WHERE collapse = @p0 ORDER BY sequence";

    private const string SelectUpdates = "SELECT sequence FROM notifications WHERE target = @target AND kind = 1";

    private const string DeleteTopics = "DELETE FROM notification_topics WHERE sequence = @sequence AND topic IN (SELECT value FROM json_each(@topics))";

    private const string DeleteChange = "DELETE FROM notifications WHERE sequence = @sequence";

    private static readonly string SetContent =
        $"UPDATE notifications SET updated_at = @p0, {string.Join(", ", NotificationRow.ContentColumns.Split(", ").Select((column, i) => $"{column} = @p{i + 1}"))} WHERE sequence = @p{NotificationRow.ContentColumns.Split(", ").Length + 1}";

    private static readonly string SetRetracted = "UPDATE notifications SET retracted_at = @at, retracted_by = @by, retract_reason = @reason, collapse = NULL WHERE sequence = @target";

    private static readonly string SetErased =
        $"UPDATE notifications SET external_id = NULL, {string.Join(", ", NotificationRow.ContentColumns.Split(", ").Select(column => column == "data_is_json" ? "data_is_json = 0" : $"{column} = NULL"))} WHERE sequence = @target";

    private const string SelectExpired = "SELECT sequence FROM notifications WHERE expires_at <= @at AND expires_at IS NOT NULL AND retracted_at IS NULL ORDER BY expires_at LIMIT @limit";

    private const string SelectOnce = "SELECT body_hash AS BodyHash, sequences AS Sequences, scheduled AS Scheduled, created_at AS CreatedAt FROM idempotency WHERE owner = @Owner AND key = @Key AND created_at > @since";

    private const string InsertOnce = "INSERT OR REPLACE INTO idempotency (owner, key, body_hash, sequences, scheduled, created_at) VALUES (@Owner, @Key, @BodyHash, @sequences, @scheduled, @at)";

    private const string DeleteOnce = "DELETE FROM idempotency WHERE created_at <= @since";

    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private SqliteConnection _connection = null!;
    private SqliteTransaction _transaction = null!;
    private DateTimeOffset _now;
    private long? _unindexed; // the first that is published but not found by its topics yet

    public List<LogOutcome> Run(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<LogChange> changes, DateTimeOffset now)
    {
        (_connection, _transaction, _now, _unindexed) = (connection, transaction, now, null);
        List<LogOutcome> outcomes = [.. changes.Select(change => change switch
        {
            PublishChange publish => Publish(publish),
            UpdateChange update => Update(update),
            RetractChange retract => Retract(retract),
            ScheduleChange schedule => Schedule(schedule),
            FireDueChange fire => FireDue(fire.Limit),
            ExpireDueChange expire => ExpireDue(expire.Limit),
            _ => throw new InvalidOperationException($"The log knows no {change.GetType().Name}."),
        })];
        Index();
        return outcomes;
    }

    private long At => _now.ToUnixTimeMilliseconds();

    private LogOutcome Publish(PublishChange change)
    {
        if (change.Once is { } once && FindFirst(once) is { } first)
        {
            if (!first.BodyHash.AsSpan().SequenceEqual(once.BodyHash)) return new() { Refusal = new IdempotencyMismatchException() };
            var sequences = JsonSerializer.Deserialize<long[]>(first.Sequences)!;
            return new() { Notifications = [.. sequences.Zip(change.Drafts, (sequence, draft) => new Notification(epochs.At(sequence), draft, UnixTime.Of(first.CreatedAt), change.By.Name))] };
        }
        if (RefuseTaken(change.Drafts, change.By.Reach) is { } refusal) return new() { Refusal = refusal };
        var entries = new List<LogEntry>(change.Drafts.Count);
        foreach (var draft in change.Drafts) Store(draft, change.By, change.KeptUntil, entries);
        Notification[] published = [.. entries.Where(entry => entry.Kind == LogEntryKind.Notification).Select(entry => entry.Notification)];
        foreach (var notification in published) Record(AuditActions.Fired, change.By, notification);
        if (change.Once is { } named) Note(named, [.. published.Select(notification => notification.Id.Sequence)], null);
        return new() { Entries = entries, Notifications = published };
    }

    private LogOutcome Update(UpdateChange change)
    {
        if (FindOne(change.Id) is not { } stored) return new() { Refusal = new NotificationGoneException() };
        if (stored.IsRetractedOrExpired(_now)) return new() { Refusal = new NotificationGoneException(stored.Retraction ?? new(stored.Draft.ExpiresAt!.Value, "", Retraction.Expired)) };
        NotificationDraft draft;
        try
        {
            draft = change.Edit(stored.Draft);
        }
        catch (InvalidDraftException fault)
        {
            return new() { Refusal = fault };
        }
        DeleteUpdates(stored);
        Prepared(SetContent, [At, .. NotificationRow.Content(draft), change.Id.Sequence]).ExecuteNonQuery();
        var updated = stored with { Draft = draft, UpdatedAt = _now };
        Record(AuditActions.Changed, change.By, updated);
        return new() { Entries = [Append(LogEntryKind.Update, updated, change.By.Name)], Notifications = [updated] };
    }

    private LogOutcome Retract(RetractChange change)
    {
        if (FindOne(change.Id) is not { } stored) return new() { Refusal = new NotificationGoneException() };
        // Twice is as once. What expired still has content, which can be taken back.
        if (stored.Retraction is { Reason: not Retraction.Expired }) return new() { Notifications = [stored] };
        var entry = End(stored, change.By.Name, Retraction.Retracted);
        Record(AuditActions.Retracted, change.By, stored);
        return new() { Entries = [entry], Notifications = [entry.Notification] };
    }

    private LogOutcome ExpireDue(int limit)
    {
        var due = _connection.Query<long>(SelectExpired, new { at = At, limit }, _transaction).AsList();
        List<LogEntry> entries = [.. due.Select(sequence => End(FindOne(epochs.At(sequence))!, "", Retraction.Expired))];
        return new() { Entries = entries, Notifications = [.. entries.Select(entry => entry.Notification)] };
    }

    private LogOutcome Schedule(ScheduleChange change)
    {
        if (change.Once is { } once && FindFirst(once) is { } first)
        {
            return first.BodyHash.AsSpan().SequenceEqual(once.BodyHash) && first.Scheduled is { } known
                ? new() { Scheduled = new(known, change.Draft, change.PublishAt, change.By, UnixTime.Of(first.CreatedAt)) }
                : new() { Refusal = new IdempotencyMismatchException() };
        }
        if (RefuseTaken([change.Draft], change.By.Reach) is { } refusal) return new() { Refusal = refusal };
        var scheduled = new ScheduledNotification(RandomNumberGenerator.GetHexString(16, lowercase: true), change.Draft, change.PublishAt, change.By, _now);
        ScheduledRow.Insert(_connection, _transaction, scheduled);
        AuditLog.AddAct(_connection, _transaction, ScheduledRow.Audit(AuditActions.Scheduled, change.By, scheduled.Id, scheduled.PublishAt), _now);
        if (change.Once is { } named) Note(named, [], scheduled.Id);
        return new() { Scheduled = scheduled };
    }

    // The row ends in the transaction that publishes: it is fired once, whatever happens to the process or to the clock.
    private LogOutcome FireDue(int limit)
    {
        ScheduledRow.Forget(_connection, _transaction, _now - ScheduledNotification.KeptFor);
        var (entries, ended) = (new List<LogEntry>(), new List<Notification>());
        foreach (var due in ScheduledRow.ReadDue(_connection, _transaction, _now, limit))
        {
            Cursor? firedAs = null;
            // First of all, or its own externalId would be in its way.
            ScheduledRow.End(_connection, _transaction, due, _now);
            if (!(due.Draft.ExpiresAt <= _now))
            {
                var fired = Store(due.Draft, due.By, null, entries);
                firedAs = fired.Id;
                Record(AuditActions.Fired, due.By.Address is null ? due.By : AuditActors.Schedule(due.By.Name), fired);
                ScheduledRow.SetFired(_connection, _transaction, due.Id, firedAs.Value.Sequence);
            }
            ended.Add(new Notification(firedAs ?? epochs.At(0), due.Draft, _now, due.By.Name));
        }
        return new() { Entries = entries, Notifications = ended };
    }

    private Notification Store(NotificationDraft draft, Actor by, DateTimeOffset? keptUntil, List<LogEntry> entries)
    {
        if (NotificationRow.CollapseScope(draft) is { } scope) entries.AddRange(FindReplaced(scope, by).Select(older => End(FindOne(epochs.At(older))!, by.Name, Retraction.Collapsed)));
        Prepared(InsertNotification, NotificationRow.Values(draft, _now, by.Name, keptUntil)).ExecuteNonQuery();
        var sequence = raw.sqlite3_last_insert_rowid(_connection.Handle);
        _unindexed ??= sequence;
        var stored = new Notification(epochs.At(sequence), draft, _now, by.Name);
        entries.Add(new LogEntry(stored));
        return stored;
    }

    // Replacing a notification retracts it. Like DELETE, that needs the right to manage unless the same publisher published it. Topics need no check: they are the draft's, which the publisher may use.
    private List<long> FindReplaced(string scope, Actor by)
    {
        var found = new List<long>();
        using var reader = Prepared(SelectCollapsed, [scope]).ExecuteReader();
        while (reader.Read())
        {
            if (by.MayManage || reader.GetString(1) == by.Name) found.Add(reader.GetInt64(0));
        }
        return found;
    }

    // Not what it says, nor its topics, which may name a recipient: the audit outlives both.
    private void Record(string action, Actor by, Notification notification)
    {
        var topics = notification.Draft.Topics;
        var reach = topics.Contains(Topic.Broadcast) ? "broadcast" : topics.Count == 1 ? "1 topic" : $"{topics.Count} topics";
        AuditLog.AddAct(_connection, _transaction, new(action, by, notification.Id.ToString(), reach), _now);
    }

    // Once for all that was published, not once for each.
    private void Index()
    {
        if (_unindexed is not { } first) return;
        Prepared(IndexTopics, [first]).ExecuteNonQuery();
    }

    private LogEntry End(Notification notification, string by, string reason)
    {
        DeleteUpdates(notification);
        var (target, isErased) = (notification.Id.Sequence, reason != Retraction.Expired);
        _connection.Execute(SetRetracted, new { target, at = At, by, reason }, _transaction);
        if (isErased) _connection.Execute(SetErased, new { target }, _transaction);
        var draft = isErased ? new NotificationDraft { Topics = notification.Draft.Topics, Private = notification.Draft.Private, Type = notification.Draft.Type } : notification.Draft;
        return Append(LogEntryKind.Retract, notification with { Draft = draft, Retraction = new(_now, by, reason) }, by);
    }

    private LogEntry Append(LogEntryKind kind, Notification about, string by)
    {
        var sequence = _connection.ExecuteScalar<long>(InsertChange, new { kind = (int)kind, target = about.Id.Sequence, at = At, by }, _transaction);
        _connection.Execute(InsertTopics, new { sequence, topics = JsonSerializer.Serialize(about.Draft.Topics) }, _transaction);
        return new(epochs.At(sequence), kind, about);
    }

    // The entry that is appended next supersedes earlier updates for every subscriber that has not received them yet.
    private void DeleteUpdates(Notification about)
    {
        foreach (var sequence in _connection.Query<long>(SelectUpdates, new { target = about.Id.Sequence }, _transaction).AsList())
        {
            _connection.Execute(DeleteTopics, new { sequence, topics = JsonSerializer.Serialize(about.Draft.Topics) }, _transaction);
            _connection.Execute(DeleteChange, new { sequence }, _transaction);
        }
    }

    // Only within the publisher's topics: an id outside them belongs to another publisher, and a refusal would reveal it. A key's own notifications are always within its topics.
    private Exception? RefuseTaken(IReadOnlyList<NotificationDraft> drafts, TopicFilter reach)
    {
        if (drafts.All(draft => draft.ExternalId is null)) return null;
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, draft) in drafts.Index())
        {
            if (draft.ExternalId is not { } externalId) continue;
            if (!given.Add(externalId)) return new InvalidDraftException([new($"[{i}].externalId", "external_id_twice", $"externalId \"{externalId}\" stands twice; each notification has its own.")]);
            if (Read(SelectByExternalId, new { externalId }).FirstOrDefault(taken => reach.Matches(taken.Draft)) is { } taken) return new ExternalIdTakenException(externalId, taken.Id.ToString(), taken.Draft);
            if (ScheduledRow.FindByExternalId(_connection, _transaction, externalId, reach) is { } waiting) return new ExternalIdTakenException(externalId, waiting.Id, waiting.Draft);
        }
        return null;
    }

    private OnceRow? FindFirst(Idempotency once) =>
        _connection.QueryFirstOrDefault<OnceRow>(SelectOnce, new { once.Owner, once.Key, since = OnceSince }, _transaction);

    private long OnceSince => (_now - Idempotency.KeptFor).ToUnixTimeMilliseconds();

    // Purges expired idempotency keys on insert, so that the table holds about a day of them.
    private void Note(Idempotency once, long[] sequences, string? scheduled)
    {
        _connection.Execute(DeleteOnce, new { since = OnceSince }, _transaction);
        _connection.Execute(InsertOnce, new { once.Owner, once.Key, once.BodyHash, sequences = JsonSerializer.Serialize(sequences), scheduled, at = At }, _transaction);
    }

    private Notification? FindOne(Cursor id) => Read(SelectOne, new { sequence = id.Sequence }).FirstOrDefault() is { } found && found.Id == id ? found : null;

    private IEnumerable<Notification> Read(string statement, object parameters)
    {
        using var reader = (DbDataReader)_connection.ExecuteReader(statement, parameters, _transaction);
        while (reader.Read()) yield return NotificationRow.Read(reader, epochs);
    }

    private static string Insert(string columns) =>
        $"INSERT INTO notifications ({columns}) VALUES ({string.Join(", ", columns.Split(", ").Select((_, i) => $"@p{i}"))})";

    private SqliteCommand Prepared(string statement, object?[] values)
    {
        if (!_prepared.TryGetValue(statement, out var command) || command.Connection != _connection)
        {
            _prepared[statement] = command = _connection.CreateCommand();
            command.CommandText = statement;
            for (var i = 0; i < values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        }
        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private sealed record OnceRow(byte[] BodyHash, string Sequences, string? Scheduled, long CreatedAt);
}
