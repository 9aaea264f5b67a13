using System.Threading.Channels;

namespace NotifyDashboard.Hub;

/// <summary>Offers the log's entries to the subscribers, in log order. Only its loop uses the index of subscribers, and it never waits for a subscriber.</summary>
internal sealed class Dispatcher(INotificationEncoder encoder, ILogger logger)
{
    // Commits handed over but not yet dispatched; when full, the append loop waits, and publishers with it.
    private const int MaxWaiting = 256;

    private readonly Channel<Action> _waiting = Channel.CreateBounded<Action>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly SubscriberIndex _index = new();
    private readonly Watchers<LogEntry> _watchers = new();
    private ReplayBuffer? _replayBuffer;
    private long _lastDispatched;

    /// <summary>The newest frames.</summary>
    public ReplayBuffer ReplayBuffer => _replayBuffer ?? throw new InvalidOperationException("The hub is not started.");

    /// <summary>Everything up to this sequence has been offered to all matching subscribers.</summary>
    public long LastDispatched => Volatile.Read(ref _lastDispatched);

    /// <summary>Sets the replay buffer, which starts after the newest entry of the log.</summary>
    public void StartAt(ReplayBuffer buffer) => (_replayBuffer, _lastDispatched) = (buffer, buffer.Head);

    /// <summary>Accepts the next entries of the log; waits only while too many commits are queued.</summary>
    public ValueTask DispatchAsync(IReadOnlyList<LogEntry> entries) => _waiting.Writer.WriteAsync(() => Dispatch(entries));

    /// <summary>Runs <paramref name="work"/> on the loop, after the work that was queued before.</summary>
    /// <exception cref="StoreUnavailableException">The hub is stopping.</exception>
    public async Task<T> InvokeAsync<T>(Func<SubscriberIndex, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _waiting.Writer.WriteAsync(() =>
            {
                try
                {
                    done.SetResult(work(_index));
                }
                catch (Exception exception)
                {
                    done.SetException(exception);
                }
            });
        }
        catch (ChannelClosedException closed)
        {
            throw new StoreUnavailableException("The hub is stopping.", closed);
        }
        return await done.Task;
    }

    /// <summary>Calls back after each dispatch, in order, on the loop. Dispose the result to end it.</summary>
    public IDisposable Watch(Action<LogEntry> callback) => _watchers.Add(callback);

    /// <summary>Accepts no more work; <see cref="RunAsync"/> ends after the work that is queued.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>The dispatch loop.</summary>
    public async Task RunAsync()
    {
        await foreach (var work in _waiting.Reader.ReadAllAsync())
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                HubLog.DispatchFailed(logger, exception);
            }
        }
    }

    private void Dispatch(IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            var frame = new Frame(entry, encoder);
            // Added to the buffer first: a subscriber that is woken must find the frame there.
            ReplayBuffer.Add(frame);
            frame.Offered = _index.Offer(frame);
            Volatile.Write(ref _lastDispatched, frame.Sequence);
        }
        foreach (var watcher in _watchers.All)
        {
            foreach (var entry in entries)
            {
                try
                {
                    watcher(entry);
                }
                catch (Exception exception)
                {
                    HubLog.WatcherFailed(logger, exception);
                }
            }
        }
    }
}
