using System.Diagnostics;

namespace NotifyDashboard.Bench.Load;

/// <summary>Nanoseconds since 1970 that never step back: what an event says about when it was due.</summary>
internal static class Clock
{
    private static readonly long Started = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
    private static readonly long Origin = Stopwatch.GetTimestamp();

    public static long Now => Started + Stopwatch.GetElapsedTime(Origin).Ticks * 100;

    public static double SecondsSince(long then) => (Now - then) / 1e9;
}
