namespace NotifyDashboard.Hub;

/// <summary>Knows when the store has to be asked next for what is due: scheduled notifications and those that expire. Safe for concurrent use.</summary>
public sealed class ScheduleClock
{
    private long _next; // in ticks; 0 until it was looked up

    /// <summary>Whether something may be due at <paramref name="now"/>.</summary>
    public bool IsDue(DateTimeOffset now) => now.UtcTicks >= Volatile.Read(ref _next);

    /// <summary>Something is due at that time.</summary>
    public void SetNextDue(DateTimeOffset due)
    {
        var known = Volatile.Read(ref _next);
        while (due.UtcTicks < known && Interlocked.CompareExchange(ref _next, due.UtcTicks, known) is var seen && seen != known) known = seen;
    }

    /// <summary>Called before the store is asked: only what is set from now on counts.</summary>
    public void Clear() => Volatile.Write(ref _next, long.MaxValue);
}
