using Microsoft.Extensions.Options;

namespace NotifyDashboard.Hub;

/// <summary>
/// The hub's interface to the rest of the program: publish, schedule, update and retract notifications, subscribe and resume streams. Two loops do the work:
/// <see cref="LogAppender"/> stores the changes, <see cref="Dispatcher"/> offers them to the subscribers.
/// </summary>
public sealed class NotificationHub : IAsyncDisposable
{
    private readonly INotificationLog _log;
    private readonly INotificationEncoder _encoder;
    private readonly TimeProvider _time;
    private readonly HubOptions _options;
    private readonly ScheduleClock _clock;
    private readonly LogAppender _appender;
    private readonly Dispatcher _dispatcher;
    private readonly Watchers<IReadOnlyList<TrimmedEntry>> _trimWatchers = new();
    private Task _running = Task.CompletedTask;

    public NotificationHub(INotificationLog log, INotificationEncoder encoder, TimeProvider time, IOptions<HubOptions> options, ILogger<NotificationHub> logger, ScheduleClock clock)
    {
        (_log, _encoder, _time, _options, _clock) = (log, encoder, time, options.Value, clock);
        _dispatcher = new Dispatcher(encoder, logger);
        _appender = new LogAppender(log, new InProcessLogFollower(_dispatcher), _clock, time, _options, Counters, logger);
    }

    /// <summary>What was counted since the start.</summary>
    public HubCounters Counters { get; } = new();

    /// <summary>The log's epochs; known after <see cref="StartAsync"/>.</summary>
    public Epochs Epochs { get; private set; } = null!;

    /// <summary>The trimmed topics; known after <see cref="StartAsync"/>.</summary>
    public TrimmedTopics Trimmed { get; private set; } = null!;

    /// <inheritdoc cref="Dispatcher.ReplayBuffer"/>
    public ReplayBuffer ReplayBuffer => _dispatcher.ReplayBuffer;

    /// <inheritdoc cref="Dispatcher.LastDispatched"/>
    public long LastDispatched => _dispatcher.LastDispatched;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var state = await _log.OpenAsync(cancellation);
        (Epochs, Trimmed) = (state.Epochs, state.Trimmed);
        _dispatcher.StartAt(new ReplayBuffer(state.Head, _options.HotTailBytes, _time));
        _running = Task.WhenAll(Task.Run(AppendAsync, CancellationToken.None), Task.Run(_dispatcher.RunAsync, CancellationToken.None));
    }

    /// <summary>Stores the draft and offers it to every subscriber. When this returns, the notification is on disk and has its position in the log.</summary>
    /// <param name="publishedBy">The history shows the name.</param>
    /// <exception cref="InvalidDraftException">The draft breaks a rule of <see cref="DraftRules"/>; nothing was stored.</exception>
    /// <exception cref="StoreUnavailableException">The store failed or the hub is stopping; nothing was stored.</exception>
    public Task<Notification> PublishAsync(NotificationDraft draft, Actor publishedBy, CancellationToken cancellation = default) => PublishAsync(draft, publishedBy, null, cancellation);

    /// <inheritdoc cref="PublishAsync(NotificationDraft, Actor, CancellationToken)"/>
    /// <param name="retainFor">The longest time to keep it; the retention may trim it earlier. Null: only the retention applies.</param>
    public async Task<Notification> PublishAsync(NotificationDraft draft, Actor publishedBy, TimeSpan? retainFor, CancellationToken cancellation) =>
        (await PublishAsync([draft], publishedBy, null, retainFor, cancellation))[0];

    /// <summary>Stores all drafts, in this order and in one commit, or none.</summary>
    /// <inheritdoc cref="PublishAsync(NotificationDraft, Actor, TimeSpan?, CancellationToken)"/>
    /// <param name="idempotency">If set, repeating the same request returns the first result.</param>
    /// <exception cref="ExternalIdTakenException"/>
    /// <exception cref="IdempotencyMismatchException"/>
    public async Task<IReadOnlyList<Notification>> PublishAsync(
        IReadOnlyList<NotificationDraft> drafts, Actor publishedBy, Idempotency? idempotency, TimeSpan? retainFor = null, CancellationToken cancellation = default)
    {
        var now = _time.GetUtcNow();
        if (CheckAll(drafts, draft => DraftRules.Check(draft, now)) is { Count: > 0 } errors) throw new InvalidDraftException(errors);
        return (await _appender.AppendAsync(new PublishChange([.. drafts.Select(DraftRules.Normalize)], publishedBy, idempotency, now + retainFor), cancellation)).Notifications;
    }

    /// <summary>Every error of every draft. With several drafts, each field has the index of its draft: <c>[3].title</c>.</summary>
    public static IReadOnlyList<ValidationError> CheckAll(IReadOnlyList<NotificationDraft> drafts, Func<NotificationDraft, IReadOnlyList<ValidationError>> check) =>
        drafts is [var only] ? check(only) : [.. drafts.SelectMany((draft, i) => check(draft).Select(error => error with { Field = $"[{i}].{error.Field}" }))];

    /// <summary>Stores the draft, to be published later.</summary>
    /// <inheritdoc cref="PublishAsync(IReadOnlyList{NotificationDraft}, Actor, Idempotency?, TimeSpan?, CancellationToken)"/>
    public async Task<ScheduledNotification> ScheduleAsync(NotificationDraft draft, DateTimeOffset publishAt, Actor by, Idempotency? idempotency = null, CancellationToken cancellation = default)
    {
        if (DraftRules.CheckSchedule(draft, publishAt, _time.GetUtcNow()) is { Count: > 0 } errors) throw new InvalidDraftException(errors);
        return (await _appender.AppendAsync(new ScheduleChange(DraftRules.Normalize(draft), DraftRules.WholeMilliseconds(publishAt), by, idempotency), cancellation)).Scheduled!;
    }

    /// <summary>Replaces the content of a notification. Topics, type, <c>private</c>, externalId and collapseKey stay.</summary>
    /// <param name="edit">Creates the new content from the stored content.</param>
    /// <exception cref="InvalidDraftException">The new content breaks a rule; nothing was changed.</exception>
    /// <exception cref="NotificationGoneException">The notification does not exist or has ended.</exception>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<Notification> UpdateAsync(Cursor id, Actor by, Func<NotificationDraft, NotificationDraft> edit, CancellationToken cancellation = default) =>
        (await _appender.AppendAsync(new UpdateChange(id, by, stored => Edited(stored, edit)), cancellation)).Notifications[0];

    /// <summary>Retracts a notification: deletes its content and sends <c>hub.retract</c> to subscribers. A notification that was already retracted or replaced is returned unchanged.</summary>
    /// <exception cref="NotificationGoneException">The notification does not exist.</exception>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<Notification> RetractAsync(Cursor id, Actor by, CancellationToken cancellation = default) =>
        (await _appender.AppendAsync(new RetractChange(id, by), cancellation)).Notifications[0];

    /// <summary>Publishes scheduled notifications that are due, and appends the end of expired ones. Returns at once if nothing is due.</summary>
    /// <exception cref="StoreUnavailableException">Due items that were not processed are left for the next call.</exception>
    public async Task ProcessDueAsync(CancellationToken cancellation)
    {
        const int step = 200;
        if (!_clock.IsDue(_time.GetUtcNow())) return;
        // Cleared first: a time that is set during the query must not be lost.
        _clock.Clear();
        try
        {
            while ((await _appender.AppendAsync(new PublishDueChange(step), cancellation)).Notifications.Count == step) { }
            while ((await _appender.AppendAsync(new ExpireDueChange(step), cancellation)).Notifications.Count == step) { }
            if (await _log.FindNextDueAsync(cancellation) is { } next) _clock.SetNextDue(next);
        }
        catch
        {
            _clock.SetNextDue(DateTimeOffset.MinValue);
            throw;
        }
    }

    /// <summary>Publishes a series one by one, each after the previous one is stored, and returns each as stored.</summary>
    /// <inheritdoc cref="PublishAsync(NotificationDraft, Actor, CancellationToken)" path="/exception"/>
    public async IAsyncEnumerable<Notification> PublishSeriesAsync(
        IAsyncEnumerable<NotificationDraft> series, Actor publishedBy, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var draft in series.WithCancellation(cancellation))
            yield return await PublishAsync(draft, publishedBy, cancellation);
    }

    /// <summary>Adds the subscriber to the index. Entries above the returned sequence are offered to it; <see cref="Subscriber.Start"/> begins the reading.</summary>
    public Task<long> SubscribeAsync(Subscriber subscriber) => _dispatcher.InvokeAsync(index =>
    {
        index.Add(subscriber);
        return subscriber.JoinedAt = ReplayBuffer.Head;
    });

    public Task UnsubscribeAsync(Subscriber subscriber) => _dispatcher.InvokeAsync(index =>
    {
        index.Remove(subscriber);
        return true;
    });

    /// <summary>The current audience of a draft: the streams that would receive it.</summary>
    public Task<Reach> CountReachedAsync(NotificationDraft draft) => _dispatcher.InvokeAsync(index => index.CountReached(draft));

    /// <summary>Topics with this prefix that were published to or that authenticated streams subscribe to, each with its audience; in ordinal order.</summary>
    public async Task<IReadOnlyList<(string Topic, Reach Reach)>> SuggestTopicsAsync(string prefix, int limit, CancellationToken cancellation)
    {
        var published = await _log.ReadTopicsAsync(prefix, limit, cancellation);
        return await _dispatcher.InvokeAsync<IReadOnlyList<(string, Reach)>>(index =>
            [.. index.Topics(prefix, limit).Union(published).Order(StringComparer.Ordinal).Take(limit).Select(topic => (topic, index.CountReached(new NotificationDraft { Topics = [topic] })))]);
    }

    /// <summary>Reads frames from the log for a subscriber that is behind the replay buffer.</summary>
    public async Task<(IReadOnlyList<Frame> Frames, long ReadThrough)> ReadLogAsync(Subscriber subscriber, int limit, CancellationToken cancellation)
    {
        var page = await _log.ReadAsync(subscriber.Filter, subscriber.PendingAfter, LastDispatched, limit, cancellation);
        // An expired notification is in the log until its end is appended.
        return ([.. page.Entries.Where(entry => !subscriber.IsCoveredByReplay(entry)).Select(entry => new Frame(entry, _encoder)).Where(frame => frame.IsDeliverable(_time))], page.ReadThrough);
    }

    /// <summary>Finds where a stream with this cursor starts, and whether entries before it may be missing.</summary>
    /// <param name="floor">For filters with patterns the log is not searched at or below this sequence; a cursor below it gets a <see cref="GapReason.Limited"/> gap.</param>
    public Task<ResumePoint> ResumeAsync(string? cursor, TopicFilter filter, long head, CancellationToken cancellation, long floor = 0) =>
        ResumePoint.FindAsync(cursor, filter, head, floor, Epochs, Trimmed, _log, _options.GapReplay, cancellation);

    /// <summary>Removes notifications from the log and the replay buffer. A matching subscriber that resumes from an older cursor receives <c>hub.gap</c>.</summary>
    /// <exception cref="StoreUnavailableException">The store failed; nothing was trimmed.</exception>
    public async Task TrimAsync(IReadOnlyList<long> sequences)
    {
        var trimmed = await _log.TrimAsync(sequences);
        foreach (var entry in trimmed)
        {
            // Recorded before the frame is withdrawn: a subscriber that resumes in between gets a gap instead of missing the notification silently.
            Trimmed.Add(entry);
            if (ReplayBuffer.Find(entry.Sequence) is { } frame) frame.IsWithdrawn = true;
        }
        foreach (var watcher in _trimWatchers.All) watcher(trimmed);
    }

    /// <summary>Calls back after each dispatch, in order, on the hub's own loop: return at once. Dispose the result to end it.</summary>
    public IDisposable Watch(Action<LogEntry> callback) => _dispatcher.Watch(callback);

    /// <summary>Calls back after each trim: return at once, and do not throw. Dispose the result to end it.</summary>
    public IDisposable WatchTrims(Action<IReadOnlyList<TrimmedEntry>> callback) => _trimWatchers.Add(callback);

    /// <summary>Stores and dispatches the accepted changes, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _appender.Complete();
        await _running;
    }

    private async Task AppendAsync()
    {
        await _appender.RunAsync();
        _dispatcher.Complete();
    }

    private NotificationDraft Edited(NotificationDraft stored, Func<NotificationDraft, NotificationDraft> edit)
    {
        // An edit cannot change what routes and identifies the notification: its row, its updates and its audience would no longer agree.
        var draft = edit(stored) with { Topics = stored.Topics, Type = stored.Type, Private = stored.Private, ExternalId = stored.ExternalId, CollapseKey = stored.CollapseKey };
        return DraftRules.Check(draft, _time.GetUtcNow()) is { Count: > 0 } errors ? throw new InvalidDraftException(errors) : DraftRules.Normalize(draft);
    }
}
