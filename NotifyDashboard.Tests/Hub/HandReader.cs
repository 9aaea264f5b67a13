using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

/// <summary>A subscriber that takes what is pending when it is told, and never before.</summary>
internal sealed class HandReader
{
    private readonly TestHub _hub;

    private HandReader(TestHub hub, TopicFilter filter)
    {
        _hub = hub;
        Subscriber = new Subscriber(filter, WireForm.Plain, () => { });
    }

    public Subscriber Subscriber { get; }

    public ResumePoint Start { get; private set; }

    /// <param name="after">The sequence that it comes back with; null: it has none.</param>
    public static async Task<HandReader> JoinAsync(TestHub hub, long? after, params string[] topics)
    {
        // What was stored has its place before it joins.
        await hub.DispatchedAsync();
        var reader = new HandReader(hub, new TopicFilter(topics));
        var head = await hub.Hub.SubscribeAsync(reader.Subscriber);
        var cursor = after is { } sequence ? hub.Hub.Epochs.CursorOf(sequence).ToString() : null;
        reader.Start = await hub.Hub.ResumeAsync(cursor, reader.Subscriber.Filter, head, TestContext.Current.CancellationToken);
        reader.Subscriber.Start(reader.Start.Position);
        return reader;
    }

    /// <summary>All that is pending, however many parts it takes.</summary>
    public async Task<List<LogEntry>> ReadAsync()
    {
        await _hub.DispatchedAsync();
        var (all, frames) = (new List<LogEntry>(), new List<Frame>());
        while (Subscriber.HasPending)
        {
            if (!Subscriber.TryTake(_hub.Hub.ReplayBuffer, frames, 3, 4_096))
            {
                var (page, readThrough) = await _hub.Hub.ReadLogAsync(Subscriber, 3, TestContext.Current.CancellationToken);
                frames.AddRange(page);
                Subscriber.TakeFromLog(readThrough);
            }
            all.AddRange(frames.Select(frame => frame.Entry with { Cursor = _hub.Hub.Epochs.CursorOf(frame.Sequence) }));
            frames.Clear();
        }
        return all;
    }

    /// <summary>The same in short: <c>1 text</c>, <c>2 update 1 text</c>, <c>3 retract 1 reason</c>.</summary>
    public async Task<List<string>> ReadShortAsync() => [.. (await ReadAsync()).Select(Short)];

    private static string Short(LogEntry entry) => entry.Kind switch
    {
        LogEntryKind.Update => $"{entry.Cursor.Sequence} update {entry.Notification.Id.Sequence} {entry.Notification.Draft.Data?.Text}",
        LogEntryKind.Retract => $"{entry.Cursor.Sequence} retract {entry.Notification.Id.Sequence} {entry.Notification.Retraction?.Reason}{entry.Notification.Draft.Data?.Text}",
        _ => $"{entry.Cursor.Sequence} {entry.Notification.Draft.Data?.Text}",
    };
}
