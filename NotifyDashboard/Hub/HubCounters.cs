namespace NotifyDashboard.Hub;

/// <summary>What this node has counted since its start. Any thread may count and read.</summary>
public sealed class HubCounters
{
    private long _published, _refused, _failed, _opened, _gaps, _timedOut;

    /// <summary>Notifications that were stored.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>Requests to publish of known callers that were refused: an invalid notification, a missing right, a limit.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Requests to publish that could not be stored (503).</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Streams that were opened.</summary>
    public long Opened => Volatile.Read(ref _opened);

    /// <summary>Streams that were told of a gap when they began (<c>hub.gap</c>), because notifications had been deleted.</summary>
    public long Gaps => Volatile.Read(ref _gaps);

    /// <summary>Streams that were closed because their peer accepted too little.</summary>
    public long TimedOut => Volatile.Read(ref _timedOut);

    public void CountPublished(int notifications) => Interlocked.Add(ref _published, notifications);

    public void CountRefused() => Interlocked.Increment(ref _refused);

    public void CountFailed() => Interlocked.Increment(ref _failed);

    public void CountOpened() => Interlocked.Increment(ref _opened);

    public void CountGap() => Interlocked.Increment(ref _gaps);

    public void CountTimedOut() => Interlocked.Increment(ref _timedOut);
}
