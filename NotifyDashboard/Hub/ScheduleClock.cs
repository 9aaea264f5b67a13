namespace NotifyDashboard.Hub;

/// <summary>The time of the next query for scheduled and expiring notifications that are due. Safe for concurrent use.</summary>
public sealed class ScheduleClock
{
    private long _next; // in ticks; 0 until the first query

    /// <summary>Whether something may be due at <paramref name="now"/>.</summary>
    public bool IsDue(DateTimeOffset now) => now.UtcTicks >= Volatile.Read(ref _next);

    /// <summary>Records that something is due at that time.</summary>
    public void SetNextDue(DateTimeOffset due)
    {
        var current = Volatile.Read(ref _next);
        while (due.UtcTicks < current && Interlocked.CompareExchange(ref _next, due.UtcTicks, current) is var seen && seen != current) current = seen;
    }

    /// <summary>Called before the query: a time that is set during it must not be lost.</summary>
    public void Clear() => Volatile.Write(ref _next, long.MaxValue);
}
