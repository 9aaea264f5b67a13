using System.Runtime.CompilerServices;

namespace NotifyDashboard.Hub;

/// <summary>Makes drafts one after the other, for <see cref="NotificationHub.PublishSeriesAsync"/>.</summary>
public static class NotificationSeries
{
    public const int MaxCount = 10_000;

    public static readonly TimeSpan MaxInterval = TimeSpan.FromHours(1);

    /// <summary>The same draft <paramref name="count"/> times; the first at once, each other <paramref name="interval"/> after the one before was taken.</summary>
    public static async IAsyncEnumerable<NotificationDraft> RepeatAsync(
        NotificationDraft draft, int count, TimeSpan interval, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        // A negative interval could be the one that waits for ever.
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
