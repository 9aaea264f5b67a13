namespace NotifyDashboard;

/// <summary>Limits log messages that any caller can cause: per <see cref="Interval"/>, one message for each subject, and at most <see cref="Most"/> subjects.</summary>
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
