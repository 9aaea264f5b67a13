namespace NotifyDashboard.Components;

/// <summary>However often it is signalled: at most one refresh per interval, and one after the last signal. A burst never floods a circuit.</summary>
internal sealed class CoalescedRefresh : IAsyncDisposable
{
    /// <summary>Four a second: what one can still read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly Func<Task> _refresh;
    private readonly ITimer _timer;
    private int _due;
    private long _last;

    /// <param name="refresh">Runs on no particular thread, never twice at once as long as it takes less than the interval.</param>
    public CoalescedRefresh(TimeProvider time, Func<Task> refresh)
    {
        (_time, _refresh) = (time, refresh);
        _last = time.GetTimestamp() - (long)(Interval.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From any thread; returns at once.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _due, 1) != 0) return;
        var wait = Interval - _time.GetElapsedTime(Volatile.Read(ref _last));
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Run()
    {
        Volatile.Write(ref _last, _time.GetTimestamp());
        // Cleared before the refresh: what comes while it runs is shown by the next one.
        Volatile.Write(ref _due, 0);
        _ = _refresh();
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
