namespace NotifyDashboard.Tests.Testing;

/// <summary>A clock that moves only when told. Starts now, because cookies and browsers compare with the real one.</summary>
public sealed class SettableTime : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate) _now += by;
    }
}
