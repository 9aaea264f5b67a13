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
    private readonly Channel<WaitingPublish> _waiting;
    private readonly Channel<Action> _dispatch = Channel.CreateBounded<Action>(new BoundedChannelOptions(MaxUndispatchedCommits) { SingleReader = true });
    private readonly SubscriberIndex _index = new();
    private readonly List<Action<Notification>> _watchers = [];
    private Task _running = Task.CompletedTask;
    private HotTail? _tail;
    private long _lastDispatched;

    public NotificationHub(INotificationLog log, INotificationEncoder encoder, TimeProvider time, IOptions<HubOptions> options, ILogger<NotificationHub> logger)
    {
        (_log, _encoder, _time, _options, _logger) = (log, encoder, time, options.Value, logger);
        _waiting = Channel.CreateBounded<WaitingPublish>(new BoundedChannelOptions(_options.MaxWaitingPublishes) { SingleReader = true });
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
        _tail = new HotTail(state.Head, _options.HotTailBytes);
        _lastDispatched = state.Head;
        _running = Task.WhenAll(Task.Run(AppendLoopAsync, CancellationToken.None), Task.Run(DispatchLoopAsync, CancellationToken.None));
    }

    /// <summary>Stores the draft and offers it to every subscriber. When it returns, it is on disk and has its place in the order.</summary>
    /// <param name="publishedBy">An operator's or a key's name, for the history.</param>
    /// <exception cref="InvalidDraftException">It breaks a rule of <see cref="DraftRules"/>; nothing was stored.</exception>
    /// <exception cref="LogUnavailableException">The store failed or the hub is stopping; nothing was stored.</exception>
    public Task<Notification> PublishAsync(NotificationDraft draft, string publishedBy, CancellationToken cancellation = default) => PublishAsync(draft, publishedBy, null, cancellation);

    /// <inheritdoc cref="PublishAsync(NotificationDraft, string, CancellationToken)"/>
    /// <param name="keepFor">How long it is kept; null: for good.</param>
    public async Task<Notification> PublishAsync(NotificationDraft draft, string publishedBy, TimeSpan? keepFor, CancellationToken cancellation)
    {
        if (DraftRules.Check(draft) is { Count: > 0 } faults) throw new InvalidDraftException(faults);
        var waiting = new WaitingPublish(DraftRules.Normalize(draft), publishedBy, keepFor);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellation);
        }
        catch (ChannelClosedException fault)
        {
            throw new LogUnavailableException("The hub is stopping.", fault);
        }
        // Not cancelled from here on: it may be in the commit already, and the caller must learn what became of it.
        return await waiting.Stored.Task;
    }

    /// <summary>Publishes a series one by one, each after the one before is stored; gives each as stored.</summary>
    /// <inheritdoc cref="PublishAsync(NotificationDraft, string, CancellationToken)" path="/exception"/>
    public async IAsyncEnumerable<Notification> PublishSeriesAsync(
        IAsyncEnumerable<NotificationDraft> series, string publishedBy, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
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
    public Task<int> CountReachedAsync(NotificationDraft draft) => OnDispatchLoopAsync(() => _index.CountReached(draft));

    /// <summary>Known topics that start with <paramref name="prefix"/>: those published to and those listened to.</summary>
    public async Task<IReadOnlyList<string>> SuggestTopicsAsync(string prefix, int limit, CancellationToken cancellation)
    {
        var listened = await OnDispatchLoopAsync(() => _index.Topics(prefix, limit));
        var published = await _log.ReadTopicsAsync(prefix, limit, cancellation);
        return [.. listened.Union(published).Order(StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>Reads frames out of the log for a subscriber that is behind the hot tail.</summary>
    public async Task<(IReadOnlyList<Frame> Frames, long ReadThrough)> ReadLogAsync(Subscriber subscriber, int limit, CancellationToken cancellation)
    {
        var page = await _log.ReadAsync(subscriber.Filter, subscriber.PendingAfter, LastDispatched, limit, cancellation);
        return ([.. page.Notifications.Select(n => new Frame(n, _encoder))], page.ReadThrough);
    }

    /// <summary>Where a stream starts that asks with this cursor, and whether something may be missing before it.</summary>
    public Task<ResumePoint> ResumeAsync(string? cursor, TopicFilter filter, long head, CancellationToken cancellation) =>
        ResumePoint.FindAsync(cursor, filter, head, Epochs, Trimmed, _log, _options.GapReplay, cancellation);

    /// <summary>Takes out of the log, and of the hot tail, whose time is over. What is missing is said to whoever comes back from before it.</summary>
    /// <exception cref="LogUnavailableException">The store failed; what was not trimmed is at the next call.</exception>
    public async Task TrimAsync()
    {
        const int step = 200;
        int taken;
        do
        {
            var trimmed = await _log.TrimAsync(_time.GetUtcNow(), step);
            foreach (var gone in trimmed)
            {
                // Noted before the frame goes: whoever resumes in between is told of a gap rather than of nothing.
                Trimmed.Add(gone);
                if (Tail.Find(gone.Sequence) is { } frame) frame.IsTrimmed = true;
            }
            taken = trimmed.Count;
        }
        while (taken == step);
    }

    /// <summary>Calls back after each dispatch, in order, on the hub's own loop: return at once. Dispose the result to end it.</summary>
    public IDisposable Watch(Action<Notification> callback)
    {
        lock (_watchers) _watchers.Add(callback);
        return new Watching(() =>
        {
            lock (_watchers) _watchers.Remove(callback);
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

    private async Task AppendLoopAsync()
    {
        var commit = new List<WaitingPublish>();
        // Not cancellable: what was accepted is stored. The loop ends when the channel is completed and empty.
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (commit.Count < _options.MaxCommit && _waiting.Reader.TryRead(out var publish)) commit.Add(publish);
            await AppendAsync(commit);
            commit.Clear();
        }
        _dispatch.Writer.TryComplete();
    }

    private async Task AppendAsync(List<WaitingPublish> commit)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        IReadOnlyList<Notification> stored;
        try
        {
            stored = await _log.AppendAsync([.. commit.Select(p => new LogEntry(p.Draft, now, p.PublishedBy, now + p.KeepFor))]);
        }
        catch (Exception fault)
        {
            // Every one of them is told; the loop goes on, for the store may come back.
            HubLog.AppendFailed(_logger, commit.Count, fault);
            foreach (var publish in commit)
                publish.Stored.SetException(fault as LogUnavailableException ?? new LogUnavailableException("The store could not take the notification.", fault));
            return;
        }
        Frame[] frames = [.. stored.Select(n => new Frame(n, _encoder))];
        await _dispatch.Writer.WriteAsync(() => Dispatch(frames));
        for (var i = 0; i < commit.Count; i++) commit[i].Stored.SetResult(stored[i]);
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
        Action<Notification>[] watchers;
        lock (_watchers) watchers = [.. _watchers];
        foreach (var watcher in watchers)
        {
            foreach (var frame in frames)
            {
                try
                {
                    watcher(frame.Notification);
                }
                catch (Exception fault)
                {
                    HubLog.WatcherFailed(_logger, fault);
                }
            }
        }
    }

    private sealed record WaitingPublish(NotificationDraft Draft, string PublishedBy, TimeSpan? KeepFor)
    {
        public TaskCompletionSource<Notification> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
