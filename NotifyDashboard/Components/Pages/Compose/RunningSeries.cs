using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>A series that is being published: its progress and its deliveries.</summary>
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

    /// <summary>Can be read after the end too.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Connections written to, all notifications together.</summary>
    public int Deliveries => _settled + _last.Sum(f => f.Written);

    /// <summary>Updates the figures.</summary>
    /// <returns>Whether any has changed since the last call.</returns>
    public bool Moved()
    {
        foreach (var fired in _last) fired.Moved();
        var moved = _shown != (Done, Deliveries);
        _shown = (Done, Deliveries);
        return moved;
    }

    /// <summary>Publishes all of it at its pace; called once.</summary>
    /// <returns>Null when it came to its end or was stopped, otherwise a sentence that says why it ended early.</returns>
    public async Task<string?> RunAsync(NotificationHub hub, NotificationDraft draft, Actor by, TimeProvider time)
    {
        try
        {
            var drafts = NotificationSeries.RepeatAsync(draft, Total, Interval, time, Cancellation);
            await foreach (var notification in hub.PublishSeriesAsync(drafts, by, Cancellation)) Take(notification, hub);
            return null;
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the operator, or the page was left.
            return null;
        }
        catch (StoreUnavailableException)
        {
            return $"The store is not available: the series ended after {Done} of {Total}.";
        }
        catch (InvalidDraftException)
        {
            // The draft was checked before the series began: only its expiry can have passed since.
            return $"It has expired: the series ended after {Done} of {Total}.";
        }
        finally
        {
            Dispose();
        }
    }

    private void Take(Notification notification, NotificationHub hub)
    {
        const int watched = 100;
        Done++;
        _last.Add(new Fired(notification, TimeSpan.Zero, hub));
        if (_last.Count <= watched) return;
        _last[0].Moved();
        _settled += _last[0].Written;
        _last.RemoveAt(0);
    }

    /// <summary>Does nothing when the series has ended by itself just before the click on "Stop".</summary>
    public void Cancel()
    {
        if (Running) _stop.Cancel();
    }

    /// <summary>Marks the series as ended. Its figures stay.</summary>
    public void Dispose()
    {
        Running = false;
        _stop.Dispose();
    }
}
