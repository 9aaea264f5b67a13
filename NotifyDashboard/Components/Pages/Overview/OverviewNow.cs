using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>The figures of this moment: rates over the last ten seconds.</summary>
/// <param name="Published">Notifications a second.</param>
/// <param name="Delivered">Deliveries a second.</param>
internal readonly record struct OverviewNow(Reach Open, double Published, double Delivered);

/// <summary>Reads <see cref="OverviewNow"/> out of the hub's counts.</summary>
internal sealed class OverviewRates(HubCounters counters, IOpenStreams streams, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<(long At, long Published, long Delivered)> _readings = new();

    public OverviewNow Read()
    {
        var now = (At: time.GetTimestamp(), counters.Published, streams.Delivered);
        _readings.Enqueue(now);
        while (_readings.Count > 2 && time.GetElapsedTime(_readings.Peek().At, now.At) > Window) _readings.Dequeue();
        var first = _readings.Peek();
        // At least a second, so that the first event of a page that was just opened is not a flood.
        var seconds = Math.Max(1, time.GetElapsedTime(first.At, now.At).TotalSeconds);
        return new(streams.Census.Open, Math.Round((now.Published - first.Published) / seconds, 1), Math.Round((now.Delivered - first.Delivered) / seconds, 1));
    }
}
