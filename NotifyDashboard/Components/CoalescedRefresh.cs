namespace NotifyDashboard.Components;

/// <summary>Limits refreshes to one per interval, with one after the last signal, so that a burst never floods a circuit.</summary>
internal sealed class CoalescedRefresh : IAsyncDisposable
{
    /// <summary>Four a second: faster changes cannot be read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly Func<Task> _refresh;
    private readonly ITimer _timer;
    private int _due;
    private long _last;

    /// <param name="refresh">Runs on any thread; calls do not overlap as long as each takes less than the interval.</param>
    /// <param name="interval">Null: <see cref="Interval"/>.</param>
    public CoalescedRefresh(TimeProvider time, Func<Task> refresh, TimeSpan? interval = null)
    {
        (_time, _refresh, _interval) = (time, refresh, interval ?? Interval);
        _last = time.GetTimestamp() - (long)(_interval.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Can be called from any thread; returns at once.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _due, 1) != 0) return;
        var wait = _interval - _time.GetElapsedTime(Volatile.Read(ref _last));
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Run()
    {
        Volatile.Write(ref _last, _time.GetTimestamp());
        // Cleared before the refresh, so that a signal during it leads to another one.
        Volatile.Write(ref _due, 0);
        _ = _refresh();
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
