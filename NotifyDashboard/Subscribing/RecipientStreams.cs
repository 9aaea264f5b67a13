using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// The open streams of recipients. Reads the counts outside the writer loops. Streams with the same rights share one read, and changes that arrive during a read
/// share the next one: rapid marking does not cost a read for each mark.
/// </summary>
internal sealed class RecipientStreams(IInbox inbox, ILogger<RecipientStreams> log) : IRecipientStreams, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _open = new(StringComparer.Ordinal);
    // Few at a time: after a restart all come at once, and publishes need the processors too.
    private readonly SemaphoreSlim _reads = new(Math.Max(2, Environment.ProcessorCount));

    public IReadOnlyList<Recipient> Open
    {
        get
        {
            lock (_gate) return [.. _open.Values.SelectMany(entry => entry.Streams.Select(stream => stream.Recipient!))];
        }
    }

    /// <summary>From here on the stream is told; what happened before is in the state that this gives.</summary>
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

    public void Notify(string recipient, InboxNews news)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_open.TryGetValue(recipient, out entry)) return;
            entry.Waiting.Add(news);
            if (entry.IsTelling) return;
            entry.IsTelling = true;
        }
        _ = Task.Run(() => TellAsync(entry));
    }

    /// <summary>Gives a stream that missed something the counts as they are now.</summary>
    public void Refresh(StreamConnection stream) => _ = Task.Run(() => TellAsync([stream], [new InboxNews(InboxChange.Trimmed, [])]));

    private async Task TellAsync(Entry entry)
    {
        while (true)
        {
            InboxNews[] news;
            StreamConnection[] streams;
            lock (_gate)
            {
                (news, streams) = ([.. entry.Waiting], [.. entry.Streams]);
                entry.Waiting.Clear();
                if (!(entry.IsTelling = news.Length > 0)) return;
            }
            // Another device's token may give other topics, and then other counts.
            foreach (var same in streams.GroupBy(stream => RightsOf(stream.Recipient!))) await TellAsync([.. same], news);
        }
    }

    private async Task TellAsync(StreamConnection[] streams, InboxNews[] news)
    {
        try
        {
            var state = await ReadAsync(streams[0].Recipient!, CancellationToken.None);
            byte[][] frames = [.. news.Select(one => ControlFrames.Read(one, state))];
            foreach (var stream in streams) stream.Notify(frames);
        }
        catch (Exception fault)
        {
            // Whatever it was: they are told when the store is back.
            StreamLog.CountFailed(log, fault);
            foreach (var stream in streams) stream.MarkInboxStale();
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

    private sealed class Entry
    {
        public List<StreamConnection> Streams { get; } = [];

        public List<InboxNews> Waiting { get; } = [];

        public bool IsTelling { get; set; }
    }
}
