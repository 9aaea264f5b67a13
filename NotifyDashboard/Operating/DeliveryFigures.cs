using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>
/// Saves the figures of the replay buffer every few seconds and at the stop: what has moved, in small writes. Looks at the frames from aside, so
/// that dispatch and writers know nothing of it; what comes and goes in a burst between two looks is not kept.
/// </summary>
internal sealed class DeliveryFigures(NotificationHub hub, IDeliveryStore store, TimeProvider time, ILogger<DeliveryFigures> log) : PeriodicWork(Interval, time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    // Appends go first, but wait for a write that has begun.
    private const int Step = 200;

    private readonly Dictionary<long, int> _saved = [];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync();
    }

    protected override Task WorkAsync(CancellationToken stopping) => SaveAsync();

    internal async Task SaveAsync()
    {
        var moved = new List<Delivery>();
        var floor = hub.Tail.Floor;
        foreach (var frame in hub.Tail.Frames())
        {
            // Nobody was connected, which needs no row; and what is gone has none to belong to.
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
            catch (StoreUnavailableException fault)
            {
                // Not noted as saved: the next look tries again.
                OperatingLog.FiguresNotSaved(log, fault);
                return;
            }
            foreach (var delivery in step) _saved[delivery.Sequence] = delivery.Written;
        }
    }
}
