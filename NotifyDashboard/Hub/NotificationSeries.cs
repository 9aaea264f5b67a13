using System.Runtime.CompilerServices;

namespace NotifyDashboard.Hub;

/// <summary>Creates drafts one after the other, for <see cref="NotificationHub.PublishSeriesAsync"/>.</summary>
public static class NotificationSeries
{
    public const int MaxCount = 10_000;

    public static readonly TimeSpan MaxInterval = TimeSpan.FromHours(1);

    /// <summary>The same draft <paramref name="count"/> times; the first at once, each further one <paramref name="interval"/> after the previous one was read.</summary>
    public static async IAsyncEnumerable<NotificationDraft> RepeatAsync(
        NotificationDraft draft, int count, TimeSpan interval, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        // -1 ms would be Timeout.InfiniteTimeSpan, which never ends.
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, MaxInterval);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) await Task.Delay(interval, time, cancellation);
            cancellation.ThrowIfCancellationRequested();
            yield return draft;
        }
    }
}
