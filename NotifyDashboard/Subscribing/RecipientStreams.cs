using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// The open streams of recipients. Reads the counts outside the writer loops. Streams with the same rights share one read with the callers that wait for the counts,
/// and changes that arrive during a read share the next one: rapid marking does not cost a read for each mark.
/// </summary>
internal sealed class RecipientStreams(IInbox inbox, ILogger<RecipientStreams> log) : IRecipientStreams, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _open = new(StringComparer.Ordinal);
    // Bounded: after a restart all streams ask at once, and publishing needs the processors too.
    private readonly SemaphoreSlim _reads = new(Math.Max(2, Environment.ProcessorCount));

    public IReadOnlyList<Recipient> Open
    {
        get
        {
            lock (_gate) return [.. _open.Values.SelectMany(entry => entry.Streams.Select(stream => stream.Recipient!))];
        }
    }

    /// <summary>Registers the stream for updates and returns the state of its inbox; later changes arrive as updates.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<InboxState> AddAsync(StreamConnection stream, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(stream.Recipient!.Id, out var entry)) _open[stream.Recipient.Id] = entry = new();
            entry.Streams.Add(stream);
        }
        return ReadAsync(stream.Recipient, cancellation);
    }

    public void Remove(StreamConnection stream)
    {
        if (stream.Recipient is not { } recipient) return;
        lock (_gate)
        {
            if (_open.TryGetValue(recipient.Id, out var entry) && entry.Streams.Remove(stream) && entry.Streams.Count == 0) _open.Remove(recipient.Id);
        }
    }

    public void Notify(string recipient, InboxUpdate update) => TryAdd(recipient, update, null);

    public Task<InboxState> NotifyAsync(Recipient recipient, InboxUpdate update, CancellationToken cancellation)
    {
        var caller = new Caller(recipient);
        return TryAdd(recipient.Id, update, caller) ? caller.Done.Task.WaitAsync(cancellation) : ReadAsync(recipient, cancellation);
    }

    /// <summary>Sends the current counts to a stream that missed an update.</summary>
    public void Refresh(StreamConnection stream) => _ = Task.Run(() => NotifyAsync([stream], [], [new InboxUpdate(InboxChange.Trimmed, [])]));

    /// <returns>False if the recipient has no open stream.</returns>
    private bool TryAdd(string recipient, InboxUpdate update, Caller? caller)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_open.TryGetValue(recipient, out entry)) return false;
            entry.Waiting.Add(update);
            if (caller is not null) entry.Callers.Add(caller);
            if (entry.IsNotifying) return true;
            entry.IsNotifying = true;
        }
        _ = Task.Run(() => NotifyAsync(entry));
        return true;
    }

    private async Task NotifyAsync(Entry entry)
    {
        while (true)
        {
            InboxUpdate[] updates;
            StreamConnection[] streams;
            Caller[] callers;
            lock (_gate)
            {
                (updates, streams, callers) = ([.. entry.Waiting], [.. entry.Streams], [.. entry.Callers]);
                entry.Waiting.Clear();
                entry.Callers.Clear();
                if (!(entry.IsNotifying = updates.Length > 0)) return;
            }
            // Tokens of other devices may grant other topics, so counts differ.
            var (streamsOf, callersOf) = (streams.ToLookup(stream => RightsOf(stream.Recipient!)), callers.ToLookup(caller => RightsOf(caller.Recipient)));
            foreach (var rights in streamsOf.Select(group => group.Key).Union(callersOf.Select(group => group.Key))) await NotifyAsync([.. streamsOf[rights]], [.. callersOf[rights]], updates);
        }
    }

    /// <param name="streams">Streams with the same rights as <paramref name="callers"/>; at least one of both is not empty.</param>
    private async Task NotifyAsync(StreamConnection[] streams, Caller[] callers, InboxUpdate[] updates)
    {
        try
        {
            var state = await ReadAsync(streams is [var stream, ..] ? stream.Recipient! : callers[0].Recipient, CancellationToken.None);
            byte[][] frames = streams.Length == 0 ? [] : [.. updates.Select(update => ControlFrames.InboxChanged(update, state))];
            foreach (var open in streams) open.Notify(frames);
            foreach (var caller in callers) caller.Done.SetResult(state);
        }
        catch (Exception exception)
        {
            // Any exception: MarkInboxStale lets the next tick try again.
            StreamLog.CountFailed(log, exception);
            foreach (var stream in streams) stream.MarkInboxStale();
            foreach (var caller in callers) caller.Done.TrySetException(exception);
        }
    }

    private async Task<InboxState> ReadAsync(Recipient recipient, CancellationToken cancellation)
    {
        await _reads.WaitAsync(cancellation);
        try
        {
            return await inbox.ReadStateAsync(recipient, cancellation);
        }
        finally
        {
            _reads.Release();
        }
    }

    private static string RightsOf(Recipient recipient) =>
        string.Join('\n', [.. recipient.InboxTopics, "", .. recipient.Granted.Topics, "", .. recipient.Granted.Patterns.Select(pattern => pattern.Text)]);

    public void Dispose() => _reads.Dispose();

    private sealed record Caller(Recipient Recipient)
    {
        public TaskCompletionSource<InboxState> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Entry
    {
        public List<StreamConnection> Streams { get; } = [];

        public List<InboxUpdate> Waiting { get; } = [];

        /// <summary>Callers that wait for the state after the updates in <see cref="Waiting"/>.</summary>
        public List<Caller> Callers { get; } = [];

        public bool IsNotifying { get; set; }
    }
}
