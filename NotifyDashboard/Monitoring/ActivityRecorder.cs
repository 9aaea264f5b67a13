using NotifyDashboard.Hub;

namespace NotifyDashboard.Monitoring;

/// <summary>
/// Takes a sample of what the hub does at the end of every ten seconds, and saves those of each minute together: a killed process loses less than a minute. While the store fails,
/// samples wait for it.
/// </summary>
internal sealed class ActivityRecorder(NotificationHub hub, IOpenStreams streams, UnreadCounter unread, IActivityStore store, TimeProvider time, ILogger<ActivityRecorder> log) : BackgroundService
{
    // An hour of a failing store.
    private const int MaxWaiting = 360;

    // After the end of a step, so that what happened in its last moment is counted.
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<ActivitySample> _waiting = [];
    private Totals _last;

    /// <summary>The latest sample; null before the first one.</summary>
    public ActivitySample? Latest { get; private set; }

    /// <summary>The samples that begin at <paramref name="from"/> or later, oldest first, including those of the finest step that are not saved yet.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<IReadOnlyList<ActivitySample>> ReadAsync(ActivityStep step, DateTimeOffset from, CancellationToken cancellation)
    {
        // Read first: what is saved in between is then in both, and counted once.
        ActivitySample[] waiting;
        lock (_gate) waiting = [.. _waiting];
        var stored = await store.ReadAsync(step, from, cancellation);
        if (step != ActivityStep.TenSeconds) return stored;
        var saved = stored.Select(sample => sample.At).ToHashSet();
        return [.. stored, .. waiting.Where(sample => sample.At >= from && saved.Add(sample.At))];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _last = Totals.Of(hub.Counters, streams);
        var step = ActivityStep.TenSeconds;
        var current = step.BeginOf(time.GetUtcNow());
        try
        {
            while (true)
            {
                var wait = current + step.Length + Delay - time.GetUtcNow();
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stoppingToken);
                await TakeAsync(current, stoppingToken);
                current = Next(current);
                if (current == ActivityStep.Minute.BeginOf(current)) await SaveAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Normal: the host is stopping.
        }
        finally
        {
            // Not in StopAsync: a host may be stopped twice at once, by a signal and by its owner.
            await TakeAsync(current, CancellationToken.None);
            await SaveAsync();
        }
    }

    // The step after it, unless the clock has jumped. Not by the clock alone: a timer may fire a little early, and a step would be taken twice.
    private DateTimeOffset Next(DateTimeOffset last)
    {
        var (step, now) = (ActivityStep.TenSeconds, ActivityStep.TenSeconds.BeginOf(time.GetUtcNow() - Delay));
        return now == last ? last + step.Length : now;
    }

    private async Task TakeAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var (totals, census, count) = (Totals.Of(hub.Counters, streams), streams.Census, await unread.CountAsync(cancellation));
        var sample = new ActivitySample(at, census.Open.Streams, census.Open.People, census.Open.Tabs, census.Lagging, count,
            totals.Published - _last.Published, totals.Delivered - _last.Delivered, totals.Refused - _last.Refused, totals.Failed - _last.Failed,
            totals.Opened - _last.Opened, totals.Gaps - _last.Gaps, totals.TimedOut - _last.TimedOut);
        (_last, Latest) = (totals, sample);
        lock (_gate)
        {
            if (_waiting.Count == MaxWaiting) _waiting.RemoveAt(0);
            _waiting.Add(sample);
        }
    }

    private async Task SaveAsync()
    {
        ActivitySample[] samples;
        lock (_gate) samples = [.. _waiting];
        try
        {
            await store.SaveAsync(samples);
        }
        catch (StoreUnavailableException exception)
        {
            MonitoringLog.ActivityNotSaved(log, exception);
            return;
        }
        lock (_gate) _waiting.RemoveAll(samples.Contains);
    }

    private readonly record struct Totals(long Published, long Delivered, long Refused, long Failed, long Opened, long Gaps, long TimedOut)
    {
        public static Totals Of(HubCounters counters, IOpenStreams streams) =>
            new(counters.Published, streams.Delivered, counters.Refused, counters.Failed, counters.Opened, counters.Gaps, counters.TimedOut);
    }
}
