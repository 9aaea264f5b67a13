using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Carries out the changes of the log in the writer's transaction, one after the other. What a change needs is looked up before it writes
/// anything, so that a refused change leaves nothing behind.
/// </summary>
internal sealed class SqliteAppend(Epochs epochs)
{
    private readonly PreparedCommands _commands = new();
    private SqliteConnection _connection = null!;
    private SqliteTransaction _transaction = null!;
    private SqliteEntries _log = null!;
    private DateTimeOffset _now;

    public List<LogOutcome> Run(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<LogChange> changes, DateTimeOffset now)
    {
        (_connection, _transaction, _now) = (connection, transaction, now);
        _log = new SqliteEntries(connection, transaction, _commands, epochs, now);
        List<LogOutcome> outcomes = [.. changes.Select(change => change switch
        {
            PublishChange publish => Publish(publish),
            UpdateChange update => Update(update),
            RetractChange retract => Retract(retract),
            ScheduleChange schedule => Schedule(schedule),
            PublishDueChange fire => PublishDue(fire.Limit),
            ExpireDueChange expire => ExpireDue(expire.Limit),
            _ => throw new InvalidOperationException($"The log knows no {change.GetType().Name}."),
        })];
        _log.IndexTopics();
        return outcomes;
    }

    private LogOutcome Publish(PublishChange change)
    {
        if (change.Idempotency is { } once && IdempotencyRow.Find(_connection, _transaction, once, _now) is { } first)
        {
            if (!first.HasBody(once.BodyHash)) return new() { Refusal = new IdempotencyMismatchException() };
            return new() { Notifications = [.. first.ReadSequences().Zip(change.Drafts, (sequence, draft) => new Notification(epochs.CursorOf(sequence), draft, UnixTime.Of(first.CreatedAt), change.By.Name))] };
        }
        if (RefuseTaken(change.Drafts, change.By.AllowedTopics) is { } refusal) return new() { Refusal = refusal };
        var entries = new List<LogEntry>(change.Drafts.Count);
        foreach (var draft in change.Drafts) Store(draft, change.By, change.RetainUntil, entries);
        Notification[] published = [.. entries.Where(entry => entry.Kind == LogEntryKind.Notification).Select(entry => entry.Notification)];
        foreach (var notification in published) Record(AuditActions.Fired, change.By, notification);
        if (change.Idempotency is { } named) IdempotencyRow.Insert(_connection, _transaction, named, [.. published.Select(notification => notification.Id.Sequence)], null, _now);
        return new() { Entries = entries, Notifications = published };
    }

    private LogOutcome Update(UpdateChange change)
    {
        if (_log.Find(change.Id) is not { } stored) return new() { Refusal = new NotificationGoneException() };
        if (stored.IsRetractedOrExpired(_now)) return new() { Refusal = new NotificationGoneException(stored.Retraction ?? new(stored.Draft.ExpiresAt!.Value, "", Retraction.Expired)) };
        NotificationDraft draft;
        try
        {
            draft = change.Edit(stored.Draft);
        }
        catch (InvalidDraftException exception)
        {
            return new() { Refusal = exception };
        }
        var entry = _log.Update(stored, draft, change.By.Name);
        Record(AuditActions.Changed, change.By, entry.Notification);
        return new() { Entries = [entry], Notifications = [entry.Notification] };
    }

    private LogOutcome Retract(RetractChange change)
    {
        if (_log.Find(change.Id) is not { } stored) return new() { Refusal = new NotificationGoneException() };
        // Retracting again changes nothing. An expired notification still has content, so it can be retracted.
        if (stored.Retraction is { Reason: not Retraction.Expired }) return new() { Notifications = [stored] };
        var entry = _log.End(stored, change.By.Name, Retraction.Retracted);
        Record(AuditActions.Retracted, change.By, stored);
        return new() { Entries = [entry], Notifications = [entry.Notification] };
    }

    private LogOutcome ExpireDue(int limit)
    {
        List<LogEntry> entries = [.. _log.FindExpired(limit).Select(sequence => _log.End(_log.Get(sequence), "", Retraction.Expired))];
        return new() { Entries = entries, Notifications = [.. entries.Select(entry => entry.Notification)] };
    }

    private LogOutcome Schedule(ScheduleChange change)
    {
        if (change.Idempotency is { } once && IdempotencyRow.Find(_connection, _transaction, once, _now) is { } first)
        {
            return first.HasBody(once.BodyHash) && first.Scheduled is { } known
                ? new() { Scheduled = new(known, change.Draft, change.PublishAt, change.By, UnixTime.Of(first.CreatedAt)) }
                : new() { Refusal = new IdempotencyMismatchException() };
        }
        if (RefuseTaken([change.Draft], change.By.AllowedTopics) is { } refusal) return new() { Refusal = refusal };
        var scheduled = new ScheduledNotification(RandomNumberGenerator.GetHexString(16, lowercase: true), change.Draft, change.PublishAt, change.By, _now);
        ScheduledRow.Insert(_connection, _transaction, scheduled);
        AuditLog.AddAct(_connection, _transaction, ScheduledRow.Audit(AuditActions.Scheduled, change.By, scheduled.Id, scheduled.PublishAt), _now);
        if (change.Idempotency is { } named) IdempotencyRow.Insert(_connection, _transaction, named, [], scheduled.Id, _now);
        return new() { Scheduled = scheduled };
    }

    // The row ends in the transaction that publishes, so it is published exactly once, even after a crash or when the clock is set back.
    private LogOutcome PublishDue(int limit)
    {
        ScheduledRow.Forget(_connection, _transaction, _now - ScheduledNotification.KeptFor);
        var (entries, ended) = (new List<LogEntry>(), new List<Notification>());
        foreach (var due in ScheduledRow.ReadDue(_connection, _transaction, _now, limit))
        {
            Cursor? firedAs = null;
            ScheduledRow.End(_connection, _transaction, due, _now);
            if (!(due.Draft.ExpiresAt <= _now))
            {
                var fired = Store(due.Draft, due.By, null, entries);
                firedAs = fired.Id;
                Record(AuditActions.Fired, due.By.Address is null ? due.By : AuditActors.Schedule(due.By.Name), fired);
                ScheduledRow.SetFired(_connection, _transaction, due.Id, firedAs.Value.Sequence);
            }
            ended.Add(new Notification(firedAs ?? epochs.CursorOf(0), due.Draft, _now, due.By.Name));
        }
        return new() { Entries = entries, Notifications = ended };
    }

    private Notification Store(NotificationDraft draft, Actor by, DateTimeOffset? retainUntil, List<LogEntry> entries)
    {
        if (NotificationRow.CollapseScope(draft) is { } scope)
            entries.AddRange(_log.FindCollapsed(scope).Where(older => MayReplace(by, older.PublishedBy)).Select(older => _log.End(_log.Get(older.Sequence), by.Name, Retraction.Collapsed)));
        var stored = _log.Insert(draft, by.Name, retainUntil);
        entries.Add(new LogEntry(stored));
        return stored;
    }

    // Replacing a notification retracts it. Like DELETE, that needs the right to manage unless the same publisher published it. Topics need no check: they are the draft's, which the publisher may use.
    private static bool MayReplace(Actor by, string publishedBy) => by.MayManage || publishedBy == by.Name;

    // Neither the content nor the topics, which may name a recipient: the audit outlives both.
    private void Record(string action, Actor by, Notification notification)
    {
        var topics = notification.Draft.Topics;
        var reach = topics.Contains(Topic.Broadcast) ? "broadcast" : topics.Count == 1 ? "1 topic" : $"{topics.Count} topics";
        AuditLog.AddAct(_connection, _transaction, new(action, by, notification.Id.ToString(), reach), _now);
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
            if (_log.FindByExternalId(externalId).FirstOrDefault(taken => reach.Matches(taken.Draft)) is { } taken) return new ExternalIdTakenException(externalId, taken.Id.ToString(), taken.Draft);
            if (ScheduledRow.FindByExternalId(_connection, _transaction, externalId, reach) is { } waiting) return new ExternalIdTakenException(externalId, waiting.Id, waiting.Draft);
        }
        return null;
    }
}
