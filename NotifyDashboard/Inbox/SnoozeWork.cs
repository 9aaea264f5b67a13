using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>Notifies recipients' pages when a snooze ends, about a second after its time at most.</summary>
internal sealed class SnoozeWork(IInboxStore store, IRecipientStreams streams, NotificationHub hub, TimeProvider time, ILogger<SnoozeWork> log) : PeriodicWork(Interval, time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Starts now: snoozes that ended before the start are in the counts of every hello frame.
    private DateTimeOffset _toldUntil = time.GetUtcNow();

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        var now = Time.GetUtcNow();
        try
        {
            foreach (var back in (await store.ReadBackAsync(_toldUntil, now, stopping)).GroupBy(one => one.Recipient))
                streams.Notify(back.Key, new(InboxChange.Unread, [.. back.Select(one => hub.Epochs.CursorOf(one.Sequence).ToString())]));
            _toldUntil = now;
        }
        catch (StoreUnavailableException exception)
        {
            // The next run covers this interval too.
            InboxLog.SnoozeFailed(log, exception);
        }
    }
}
