using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Hub;

/// <summary>
/// Takes drafts, stores them in order and lets every subscriber know. Two loops: one appends everything that waits in one commit, the
/// other, alone with the index and the hot tail, dispatches in log order. Neither ever waits for a subscriber.
/// </summary>
public sealed class NotificationHub : IAsyncDisposable
{
    // Commits handed on but not yet dispatched; when full, the append loop waits, and publishers with it.
    private const int MaxUndispatchedCommits = 256;

    private readonly INotificationLog _log;
    private readonly INotificationEncoder _encoder;
    private readonly TimeProvider _time;
    private readonly HubOptions _options;
    private readonly ILogger _logger;
    private readonly Channel<WaitingChange> _waiting;
    private readonly Channel<Action> _dispatch = Channel.CreateBounded<Action>(new BoundedChannelOptions(MaxUndispatchedCommits) { SingleReader = true });
    private readonly SubscriberIndex _index = new();
    private readonly List<Action<LogEntry>> _watchers = [];
    private readonly List<Action<IReadOnlyList<TrimmedEntry>>> _trimWatchers = [];
    private Task _running = Task.CompletedTask;
    private HotTail? _tail;
    private long _lastDispatched;
    private long _nextDue; // in ticks; 0 until it was looked up

    public NotificationHub(INotificationLog log, INotificationEncoder encoder, TimeProvider time, IOptions<HubOptions> options, ILogger<NotificationHub> logger)
    {
        (_log, _encoder, _time, _options, _logger) = (log, encoder, time, options.Value, logger);
        _waiting = Channel.CreateBounded<WaitingChange>(new BoundedChannelOptions(_options.MaxWaitingPublishes) { SingleReader = true });
    }

    /// <summary>The log's epochs; known after <see cref="StartAsync"/>.</summary>
    public Epochs Epochs { get; private set; } = null!;

    /// <summary>What was trimmed; known after <see cref="StartAsync"/>.</summary>
    public TrimmedTopics Trimmed { get; private set; } = null!;

    /// <summary>The newest frames; known after <see cref="StartAsync"/>.</summary>
    public HotTail Tail => _tail ?? throw new InvalidOperationException("The hub is not started.");

    /// <summary>Everything up to this sequence has been offered to all who asked for it.</summary>
    public long LastDispatched => Volatile.Read(ref _lastDispatched);

    public async Task StartAsync(CancellationToken cancellation)
    {
        var state = await _log.OpenAsync(cancellation);
        (Epochs, Trimmed) = (state.Epochs, state.Trimmed);
        _tail = new HotTail(state.Head, _options.HotTailBytes, _time);
        _lastDispatched = state.Head;
        _running = Task.WhenAll(Task.Run(AppendLoopAsync, CancellationToken.None), Task.Run(DispatchLoopAsync, CancellationToken.None));
    }

    /// <summary>Stores the draft and offers it to every subscriber. When it returns, it is on disk and has its place in the order.</summary>
    /// <param name="publishedBy">Whose name the history shows.</param>
    /// <exception cref="InvalidDraftException">It breaks a rule of <see cref="DraftRules"/>; nothing was stored.</exception>
    /// <exception cref="LogUnavailableException">The store failed or the hub is stopping; nothing was stored.</exception>
    public Task<Notification> PublishAsync(NotificationDraft draft, Actor publishedBy, CancellationToken cancellation = default) => PublishAsync(draft, publishedBy, null, cancellation);

    /// <inheritdoc cref="PublishAsync(NotificationDraft, Actor, CancellationToken)"/>
    /// <param name="keepFor">How long it is kept; null: as the retention says.</param>
    public async Task<Notification> PublishAsync(NotificationDraft draft, Actor publishedBy, TimeSpan? keepFor, CancellationToken cancellation) =>
        (await PublishAsync([draft], publishedBy, null, keepFor, cancellation))[0];

    /// <summary>Stores all of them, in this order and at once, or none.</summary>
    /// <inheritdoc cref="PublishAsync(NotificationDraft, Actor, TimeSpan?, CancellationToken)"/>
    /// <param name="once">Set: what was stored when the same was sent first is given again.</param>
    /// <exception cref="ExternalIdTakenException"/>
    /// <exception cref="IdempotencyMismatchException"/>
    public async Task<IReadOnlyList<Notification>> PublishAsync(
        IReadOnlyList<NotificationDraft> drafts, Actor publishedBy, Idempotency? once, TimeSpan? keepFor = null, CancellationToken cancellation = default)
    {
        var now = _time.GetUtcNow();
        if (CheckAll(drafts, draft => DraftRules.Check(draft, now)) is { Count: > 0 } faults) throw new InvalidDraftException(faults);
        return (await ChangeAsync(new PublishChange([.. drafts.Select(DraftRules.Normalize)], publishedBy, once, now + keepFor), cancellation)).Notifications;
    }

    /// <summary>Every fault of every draft; of several each field is named with the place of its draft, <c>[3].title</c>.</summary>
    public static IReadOnlyList<DraftFault> CheckAll(IReadOnlyList<NotificationDraft> drafts, Func<NotificationDraft, IReadOnlyList<DraftFault>> check) =>
        drafts is [var only] ? check(only) : [.. drafts.SelectMany((draft, i) => check(draft).Select(fault => fault with { Field = $"[{i}].{fault.Field}" }))];

    /// <summary>Stores the draft, to be published later.</summary>
    /// <inheritdoc cref="PublishAsync(IReadOnlyList{NotificationDraft}, Actor, Idempotency?, TimeSpan?, CancellationToken)"/>
    public async Task<ScheduledNotification> ScheduleAsync(NotificationDraft draft, DateTimeOffset publishAt, Actor by, Idempotency? once = null, CancellationToken cancellation = default)
    {
        if (DraftRules.CheckSchedule(draft, publishAt, _time.GetUtcNow()) is { Count: > 0 } faults) throw new InvalidDraftException(faults);
        return (await ChangeAsync(new ScheduleChange(DraftRules.Normalize(draft), DraftRules.WholeMilliseconds(publishAt), by, once), cancellation)).Scheduled!;
    }

    /// <summary>Gives a notification other content: topics, type, <c>private</c> and the publisher's own keys stay.</summary>
    /// <param name="edit">Makes the new content of the one that is stored.</param>
    /// <exception cref="InvalidDraftException">What it makes breaks a rule; nothing was changed.</exception>
    /// <exception cref="NotificationGoneException">There is none, or it is over.</exception>
    /// <exception cref="LogUnavailableException"/>
    public async Task<Notification> UpdateAsync(Cursor id, Actor by, Func<NotificationDraft, NotificationDraft> edit, CancellationToken cancellation = default) =>
        (await ChangeAsync(new UpdateChange(id, by, stored => Edited(stored, edit)), cancellation)).Notifications[0];

    /// <summary>Takes a notification back: nobody gets it any more, those who have it are told, its content is deleted. One that is over stays as it is.</summary>
    /// <exception cref="NotificationGoneException">There is none.</exception>
    /// <exception cref="LogUnavailableException"/>
    public async Task<Notification> RetractAsync(Cursor id, Actor by, CancellationToken cancellation = default) =>
        (await ChangeAsync(new RetractChange(id, by), cancellation)).Notifications[0];

    /// <summary>Publishes what is scheduled and due, and ends what expired. Does nothing while nothing is due.</summary>
    /// <exception cref="LogUnavailableException">What was due is at the next call.</exception>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        const int step = 200;
        if (_time.GetUtcNow().UtcTicks < Volatile.Read(ref _nextDue)) return;
        // Before looking: what becomes due meanwhile is noted anew.
        Volatile.Write(ref _nextDue, long.MaxValue);
        try
        {
            while ((await ChangeAsync(new FireDueChange(step), cancellation)).Notifications.Count == step) { }
            while ((await ChangeAsync(new ExpireDueChange(step), cancellation)).Notifications.Count == step) { }
            if (await _log.FindNextDueAsync(cancellation) is { } next) NoteDue(next);
        }
        catch
        {
            NoteDue(DateTimeOffset.MinValue);
            throw;
        }
    }

    /// <summary>Something is due then.</summary>
    public void NoteDue(DateTimeOffset due)
    {
        var known = Volatile.Read(ref _nextDue);
        while (due.UtcTicks < known && Interlocked.CompareExchange(ref _nextDue, due.UtcTicks, known) is var seen && seen != known) known = seen;
    }

    /// <summary>Publishes a series one by one, each after the one before is stored; gives each as stored.</summary>
    /// <inheritdoc cref="PublishAsync(NotificationDraft, Actor, CancellationToken)" path="/exception"/>
    public async IAsyncEnumerable<Notification> PublishSeriesAsync(
        IAsyncEnumerable<NotificationDraft> series, Actor publishedBy, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var draft in series.WithCancellation(cancellation))
            yield return await PublishAsync(draft, publishedBy, cancellation);
    }

    /// <summary>Puts the subscriber into the index; it gets everything above the returned sequence, once it is started.</summary>
    public Task<long> AddAsync(Subscriber subscriber) => OnDispatchLoopAsync(() =>
    {
        _index.Add(subscriber);
        return subscriber.JoinedAt = Tail.Head;
    });

    public Task RemoveAsync(Subscriber subscriber) => OnDispatchLoopAsync(() =>
    {
        _index.Remove(subscriber);
        return true;
    });

    /// <summary>How many connections a draft with these topics would reach now.</summary>
    public Task<Reach> CountReachedAsync(NotificationDraft draft) => OnDispatchLoopAsync(() => _index.CountReached(draft));

    /// <summary>Known topics that start with <paramref name="prefix"/>, those published to and those that somebody signed in listens to, with whom each reaches; in ordinal order.</summary>
    public async Task<IReadOnlyList<(string Topic, Reach Reach)>> SuggestTopicsAsync(string prefix, int limit, CancellationToken cancellation)
    {
        var published = await _log.ReadTopicsAsync(prefix, limit, cancellation);
        return await OnDispatchLoopAsync<IReadOnlyList<(string, Reach)>>(() =>
            [.. _index.Topics(prefix, limit).Union(published).Order(StringComparer.Ordinal).Take(limit).Select(topic => (topic, _index.CountReached(new NotificationDraft { Topics = [topic] })))]);
    }

    /// <summary>Reads frames out of the log for a subscriber that is behind the hot tail.</summary>
    public async Task<(IReadOnlyList<Frame> Frames, long ReadThrough)> ReadLogAsync(Subscriber subscriber, int limit, CancellationToken cancellation)
    {
        var page = await _log.ReadAsync(subscriber.Filter, subscriber.PendingAfter, LastDispatched, limit, cancellation);
        // What has expired is in the log until its end is noted there.
        return ([.. page.Entries.Where(entry => !subscriber.IsMoot(entry)).Select(entry => new Frame(entry, _encoder)).Where(frame => !frame.IsOver(_time))], page.ReadThrough);
    }

    /// <summary>Where a stream starts that asks with this cursor, and whether something may be missing before it.</summary>
    /// <param name="floor">For filters with patterns the log is not searched at or below this sequence; a cursor below it gets a <see cref="GapReason.Limited"/> gap.</param>
    public Task<ResumePoint> ResumeAsync(string? cursor, TopicFilter filter, long head, CancellationToken cancellation, long floor = 0) =>
        ResumePoint.FindAsync(cursor, filter, head, floor, Epochs, Trimmed, _log, _options.GapReplay, cancellation);

    /// <summary>Takes notifications out of the log and of the hot tail. What is missing is said to whoever comes back from before it.</summary>
    /// <exception cref="LogUnavailableException">The store failed; nothing was trimmed.</exception>
    public async Task TrimAsync(IReadOnlyList<long> sequences)
    {
        var trimmed = await _log.TrimAsync(sequences);
        foreach (var gone in trimmed)
        {
            // Noted before the frame goes: whoever resumes in between is told of a gap rather than of nothing.
            Trimmed.Add(gone);
            if (Tail.Find(gone.Sequence) is { } frame) frame.IsGone = true;
        }
        Action<IReadOnlyList<TrimmedEntry>>[] watchers;
        lock (_watchers) watchers = [.. _trimWatchers];
        foreach (var watcher in watchers) watcher(trimmed);
    }

    /// <summary>Calls back after each dispatch, in order, on the hub's own loop: return at once. Dispose the result to end it.</summary>
    public IDisposable Watch(Action<LogEntry> callback) => Watch(_watchers, callback);

    /// <summary>Calls back after each trim: return at once, and do not throw. Dispose the result to end it.</summary>
    public IDisposable WatchTrims(Action<IReadOnlyList<TrimmedEntry>> callback) => Watch(_trimWatchers, callback);

    private Watching Watch<T>(List<T> watchers, T callback)
    {
        lock (_watchers) watchers.Add(callback);
        return new Watching(() =>
        {
            lock (_watchers) watchers.Remove(callback);
        });
    }

    /// <summary>Stores what was accepted, dispatches it, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
    }

    private async Task<T> OnDispatchLoopAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _dispatch.Writer.WriteAsync(() =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception fault)
                {
                    done.SetException(fault);
                }
            });
        }
        catch (ChannelClosedException fault)
        {
            throw new LogUnavailableException("The hub is stopping.", fault);
        }
        return await done.Task;
    }

    private NotificationDraft Edited(NotificationDraft stored, Func<NotificationDraft, NotificationDraft> edit)
    {
        // What routes and names it stays, whatever the edit makes of it: its row, its updates and its audience would no longer agree.
        var draft = edit(stored) with { Topics = stored.Topics, Type = stored.Type, Private = stored.Private, ExternalId = stored.ExternalId, CollapseKey = stored.CollapseKey };
        return DraftRules.Check(draft, _time.GetUtcNow()) is { Count: > 0 } faults ? throw new InvalidDraftException(faults) : DraftRules.Normalize(draft);
    }

    private async Task<LogOutcome> ChangeAsync(LogChange change, CancellationToken cancellation)
    {
        var waiting = new WaitingChange(change);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellation);
        }
        catch (ChannelClosedException fault)
        {
            throw new LogUnavailableException("The hub is stopping.", fault);
        }
        // Not cancelled from here on: it may be in the commit already, and the caller must learn what became of it.
        return await waiting.Done.Task;
    }

    private async Task AppendLoopAsync()
    {
        var commit = new List<WaitingChange>();
        // Not cancellable: what was accepted is stored. The loop ends when the channel is completed and empty.
        while (await _waiting.Reader.WaitToReadAsync())
        {
            for (var weight = 0; weight < _options.MaxCommit && _waiting.Reader.TryRead(out var change); weight += change.Weight) commit.Add(change);
            await AppendAsync(commit);
            commit.Clear();
        }
        _dispatch.Writer.TryComplete();
    }

    private async Task AppendAsync(List<WaitingChange> commit)
    {
        var now = DraftRules.WholeMilliseconds(_time.GetUtcNow());
        IReadOnlyList<LogOutcome> outcomes;
        try
        {
            outcomes = await _log.AppendAsync([.. commit.Select(waiting => waiting.Change)], now);
        }
        catch (Exception fault)
        {
            // Every one of them is told; the loop goes on, for the store may come back.
            HubLog.AppendFailed(_logger, commit.Count, fault);
            foreach (var waiting in commit)
                waiting.Done.SetException(fault as LogUnavailableException ?? new LogUnavailableException("The store could not take the notification.", fault));
            return;
        }
        Frame[] frames = [.. outcomes.SelectMany(outcome => outcome.Entries).Select(entry => new Frame(entry, _encoder))];
        foreach (var frame in frames)
        {
            if (frame.Notification is { Retraction: null, Draft.ExpiresAt: { } end }) NoteDue(end);
        }
        if (frames.Length > 0) await _dispatch.Writer.WriteAsync(() => Dispatch(frames));
        for (var i = 0; i < commit.Count; i++)
        {
            if (outcomes[i].Scheduled is { } scheduled) NoteDue(scheduled.PublishAt);
            if (outcomes[i].Refusal is { } refusal) commit[i].Done.SetException(refusal);
            else commit[i].Done.SetResult(outcomes[i]);
        }
    }

    private async Task DispatchLoopAsync()
    {
        await foreach (var work in _dispatch.Reader.ReadAllAsync())
        {
            try
            {
                work();
            }
            catch (Exception fault)
            {
                HubLog.DispatchFailed(_logger, fault);
            }
        }
    }

    private void Dispatch(Frame[] frames)
    {
        foreach (var frame in frames)
        {
            // Into the tail first: whoever is woken must find it there.
            Tail.Add(frame);
            frame.Offered = _index.Offer(frame);
            Volatile.Write(ref _lastDispatched, frame.Sequence);
        }
        Action<LogEntry>[] watchers;
        lock (_watchers) watchers = [.. _watchers];
        foreach (var watcher in watchers)
        {
            foreach (var frame in frames)
            {
                try
                {
                    watcher(frame.Entry);
                }
                catch (Exception fault)
                {
                    HubLog.WatcherFailed(_logger, fault);
                }
            }
        }
    }

    private sealed record WaitingChange(LogChange Change)
    {
        /// <summary>About how many entries it makes; bounds a commit.</summary>
        public int Weight => Change is PublishChange publish ? publish.Drafts.Count : 1;

        public TaskCompletionSource<LogOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
