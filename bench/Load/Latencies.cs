namespace NotifyDashboard.Bench.Load;

/// <summary>How long each took, to the microsecond.</summary>
internal sealed class Latencies
{
    private readonly List<int> _microseconds = [];

    public void Add(long nanoseconds) => _microseconds.Add((int)Math.Clamp(nanoseconds / 1000, 0, int.MaxValue));

    public void Clear() => _microseconds.Clear();

    /// <summary>The given percentile, in milliseconds; 0 where there was nothing.</summary>
    public double Milliseconds(double percentile)
    {
        if (_microseconds.Count == 0) return 0;
        _microseconds.Sort();
        return _microseconds[(int)((_microseconds.Count - 1) * percentile / 100)] / 1000.0;
    }
}
