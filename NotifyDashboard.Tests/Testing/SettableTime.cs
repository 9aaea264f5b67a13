namespace NotifyDashboard.Tests.Testing;

/// <summary>
/// A clock that only a test moves. It starts at the real time, with which cookies are compared. Its timers are the system's:
/// FakeTimeProvider would fire a hub's timer of one second 31 million times when a test moves on by a year.
/// </summary>
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
