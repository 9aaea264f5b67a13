using System.Threading.Channels;

namespace NotifyDashboard.Hub;

/// <summary>
/// Stores changes in the order in which they arrive. A change waits in no other queue: when this one is full, callers wait to enter it. When a commit ends, the waiting changes
/// go into the next one, up to <see cref="HubOptions.MaxCommit"/>. Each caller gets the outcome of its change when it is durable.
/// </summary>
internal sealed class LogAppender(INotificationLog log, ILogFollower follower, ScheduleClock clock, TimeProvider time, HubOptions options, HubCounters counters, ILogger logger)
{
    private readonly Channel<WaitingChange> _waiting = Channel.CreateBounded<WaitingChange>(new BoundedChannelOptions(options.MaxWaitingPublishes) { SingleReader = true });

    /// <summary>Stores a change. If the store refuses it, the <see cref="LogOutcome.Refusal"/> is thrown.</summary>
    /// <exception cref="StoreUnavailableException">The store failed or the hub is stopping; nothing was stored.</exception>
    /// <exception cref="ExternalIdTakenException"/>
    /// <exception cref="IdempotencyMismatchException"/>
    /// <exception cref="NotificationGoneException"/>
    /// <exception cref="InvalidDraftException"/>
    public async Task<LogOutcome> AppendAsync(LogChange change, CancellationToken cancellation)
    {
        var waiting = new WaitingChange(change);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            throw new StoreUnavailableException("The hub is stopping.", closed);
        }
        // Not cancellable from here on: the change may be in a commit already, and the caller must get its outcome.
        return await waiting.Done.Task;
    }

    /// <summary>Accepts no more changes; <see cref="RunAsync"/> ends after those that wait.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>The append loop. Not cancellable: what was accepted is stored.</summary>
    public async Task RunAsync()
    {
        var commit = new List<WaitingChange>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            for (var weight = 0; weight < options.MaxCommit && _waiting.Reader.TryRead(out var change); weight += change.Weight) commit.Add(change);
            await CommitAsync(commit);
            commit.Clear();
        }
    }

    private async Task CommitAsync(List<WaitingChange> commit)
    {
        IReadOnlyList<LogOutcome> outcomes;
        try
        {
            outcomes = await log.AppendAsync([.. commit.Select(waiting => waiting.Change)], DraftRules.WholeMilliseconds(time.GetUtcNow()));
        }
        catch (Exception exception)
        {
            // The loop continues: the store may recover.
            HubLog.AppendFailed(logger, commit.Count, exception);
            foreach (var waiting in commit)
                waiting.Done.SetException(exception as StoreUnavailableException ?? new StoreUnavailableException("The store could not take the notification.", exception));
            return;
        }
        LogEntry[] entries = [.. outcomes.SelectMany(outcome => outcome.Entries)];
        foreach (var entry in entries)
        {
            if (entry.Notification is { Retraction: null, Draft.ExpiresAt: { } end }) clock.SetNextDue(end);
        }
        counters.CountPublished(entries.Count(entry => entry.Kind == LogEntryKind.Notification));
        if (entries.Length > 0) await follower.OnCommittedAsync(entries);
        for (var i = 0; i < commit.Count; i++)
        {
            if (outcomes[i].Scheduled is { } scheduled) clock.SetNextDue(scheduled.PublishAt);
            if (outcomes[i].Refusal is { } refusal) commit[i].Done.SetException(refusal);
            else commit[i].Done.SetResult(outcomes[i]);
        }
    }

    private sealed record WaitingChange(LogChange Change)
    {
        /// <summary>The approximate number of entries that the change appends; bounds a commit.</summary>
        public int Weight => Change is PublishChange publish ? publish.Drafts.Count : 1;

        public TaskCompletionSource<LogOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
