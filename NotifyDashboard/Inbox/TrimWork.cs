using System.Collections.Concurrent;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>Sends new counts to recipients' pages when notifications on their topics are trimmed, at most once a second.</summary>
internal sealed class TrimWork : PeriodicWork
{
    private readonly ConcurrentDictionary<string, bool> _topics = new(StringComparer.Ordinal);
    private readonly IRecipientStreams _streams;
    private readonly IDisposable _watching;

    public TrimWork(NotificationHub hub, IRecipientStreams streams, TimeProvider time) : base(TimeSpan.FromSeconds(1), time)
    {
        _streams = streams;
        _watching = hub.WatchTrims(trimmed =>
        {
            foreach (var topic in trimmed.SelectMany(entry => entry.Topics)) _topics[topic] = true;
        });
    }

    public override void Dispose()
    {
        _watching.Dispose();
        base.Dispose();
    }

    protected override Task WorkAsync(CancellationToken stopping)
    {
        if (_topics.IsEmpty) return Task.CompletedTask;
        HashSet<string> topics = [.. _topics.Keys.Where(topic => _topics.TryRemove(topic, out _))];
        var recipients = _streams.Open.Where(recipient => recipient.InboxTopics.Any(topics.Contains)).Select(recipient => recipient.Id).Distinct(StringComparer.Ordinal);
        foreach (var recipient in recipients) _streams.Notify(recipient, new(InboxChange.Trimmed, []));
        return Task.CompletedTask;
    }
}
