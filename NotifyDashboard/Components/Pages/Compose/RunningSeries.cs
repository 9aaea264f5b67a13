using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>A series under way: how far it is and what it reached.</summary>
public sealed class RunningSeries(int total, TimeSpan interval, CancellationToken page) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(page);
    private readonly List<Fired> _last = [];
    private int _settled;
    private (int Done, int Deliveries) _shown;

    public int Total { get; } = total;

    public TimeSpan Interval { get; } = interval;

    public int Done { get; private set; }

    public bool Running { get; private set; } = true;

    public bool Stopped => _stop.IsCancellationRequested;

    public CancellationToken Cancellation => _stop.Token;

    /// <summary>Connections written to, all notifications together.</summary>
    public int Deliveries => _settled + _last.Sum(f => f.Written);

    /// <summary>Looks again; true when the figures are others than before.</summary>
    public bool Moved()
    {
        foreach (var fired in _last) fired.Moved();
        var moved = _shown != (Done, Deliveries);
        _shown = (Done, Deliveries);
        return moved;
    }

    public void Take(Notification notification, NotificationHub hub)
    {
        const int watched = 100;
        Done++;
        _last.Add(new Fired(notification, TimeSpan.Zero, hub));
        if (_last.Count <= watched) return;
        _last[0].Moved();
        _settled += _last[0].Written;
        _last.RemoveAt(0);
    }

    public void Cancel() => _stop.Cancel();

    public void End() => Running = false;

    public void Dispose() => _stop.Dispose();
}
