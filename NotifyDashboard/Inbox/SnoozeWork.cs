using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>Tells the pages of recipients what is back, within a second of its time.</summary>
internal sealed class SnoozeWork(IInboxStore store, IRecipientStreams streams, NotificationHub hub, TimeProvider time, ILogger<SnoozeWork> log) : PeriodicWork(Interval, time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // What came back before is in the counts of every hello.
    private DateTimeOffset _toldUntil = time.GetUtcNow();

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        var now = Time.GetUtcNow();
        try
        {
            foreach (var back in (await store.ReadBackAsync(_toldUntil, now, stopping)).GroupBy(one => one.Recipient))
                streams.Notify(back.Key, new(InboxChange.Unread, [.. back.Select(one => hub.Epochs.At(one.Sequence).ToString())]));
            _toldUntil = now;
        }
        catch (StoreUnavailableException fault)
        {
            // At the next round.
            InboxLog.SnoozeFailed(log, fault);
        }
    }
}
