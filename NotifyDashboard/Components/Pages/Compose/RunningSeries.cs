using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>A series under way: how far it is and what it reached.</summary>
public sealed class RunningSeries : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly List<Fired> _last = [];
    private int _settled;
    private (int Done, int Deliveries) _shown;

    /// <param name="page">Cancelled when the page is left: the series ends with it.</param>
    /// <param name="rights">Cancelled when the operator's rights end.</param>
    public RunningSeries(int total, TimeSpan interval, CancellationToken page, CancellationToken rights = default)
    {
        (Total, Interval) = (total, interval);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(page, rights);
        Cancellation = _stop.Token;
    }

    public int Total { get; }

    public TimeSpan Interval { get; }

    public int Done { get; private set; }

    public bool Running { get; private set; } = true;

    public bool Stopped => Cancellation.IsCancellationRequested;

    /// <summary>Can be asked after the end too.</summary>
    public CancellationToken Cancellation { get; }

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

    /// <summary>A click on "Stop" may come when it has just ended by itself.</summary>
    public void Cancel()
    {
        if (Running) _stop.Cancel();
    }

    /// <summary>It has ended, by itself or not; its figures stay.</summary>
    public void Dispose()
    {
        Running = false;
        _stop.Dispose();
    }
}
