using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>
/// Saves the delivery figures of the frames in the replay buffer every few seconds and at the stop: only changed ones, in small writes. It polls the
/// frames, so that dispatch and writers need no code for it; figures of a frame that enters and leaves the buffer between two polls are lost.
/// </summary>
internal sealed class DeliveryFigures(NotificationHub hub, IDeliveryStore store, TimeProvider time, ILogger<DeliveryFigures> log) : PeriodicWork(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    // Small steps: appends have priority, but wait for a write that has begun.
    private const int Step = 200;

    private readonly Dictionary<long, int> _saved = [];

    protected override Task WorkAsync(CancellationToken stopping) => SaveAsync();

    protected override Task FinishAsync() => SaveAsync();

    internal async Task SaveAsync()
    {
        var moved = new List<Delivery>();
        var floor = hub.ReplayBuffer.Floor;
        foreach (var frame in hub.ReplayBuffer.Frames())
        {
            // Skips frames that had no subscriber, and withdrawn ones, whose notification is gone.
            if (frame.Offered == 0 || frame.IsWithdrawn || (_saved.TryGetValue(frame.Sequence, out var saved) && saved == frame.Written)) continue;
            moved.Add(new(frame.Sequence, frame.Offered, frame.Written));
        }
        foreach (var gone in _saved.Keys.Where(sequence => sequence <= floor).ToList()) _saved.Remove(gone);
        foreach (var step in moved.Chunk(Step))
        {
            try
            {
                await store.SaveAsync(step);
            }
            catch (StoreUnavailableException exception)
            {
                // The rest is not recorded as saved, so the next poll tries again.
                OperatingLog.FiguresNotSaved(log, exception);
                return;
            }
            foreach (var delivery in step) _saved[delivery.Sequence] = delivery.Written;
        }
    }
}
