using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Demo.DemoHub;

/// <summary>The activity of the demo hub in the hour of its <see cref="DemoHistory"/>: a few neighbours who come and go.</summary>
internal static class DemoActivity
{
    /// <summary>The store must be open, and the hub not started.</summary>
    public static Task SaveAsync(IActivityStore store, DateTimeOffset now)
    {
        var step = ActivityStep.TenSeconds;
        var end = step.BeginOf(now);
        var published = DemoHistory.MinutesAgo.CountBy(minutes => step.BeginOf(now.AddMinutes(-minutes))).ToDictionary();
        var samples = new List<ActivitySample>();
        for (var at = end - ActivityStep.TenSeconds.KeptFor; at < end; at += step.Length)
        {
            var (tabs, before) = (Tabs(at), Tabs(at - step.Length));
            long count = published.GetValueOrDefault(at);
            samples.Add(new(at, tabs, tabs / 2, tabs, 0, 4 + ((at - end + ActivityStep.TenSeconds.KeptFor).Ticks / TimeSpan.FromMinutes(12).Ticks), count, count * tabs, 0, 0, Math.Max(0, tabs - before), 0, 0));
        }
        return store.SaveAsync(samples);
    }

    private static long Tabs(DateTimeOffset at) => (long)(8 + (3 * Math.Sin(at.ToUnixTimeSeconds() / 500.0)) + (2 * Math.Sin(at.ToUnixTimeSeconds() / 130.0)));
}
