namespace NotifyDashboard;

/// <summary>Keeps what anybody can cause from filling the log: the same is said once a minute, and no more than <see cref="Most"/> things.</summary>
internal sealed class LogThrottle(TimeProvider time)
{
    public const int Most = 10;
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _said = [];
    private DateTimeOffset _since;

    public bool IsTime(string about)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (now - _since >= Interval)
            {
                _said.Clear();
                _since = now;
            }
            return _said.Count < Most && _said.Add(about);
        }
    }
}
