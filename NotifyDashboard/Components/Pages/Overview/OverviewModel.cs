using System.Security.Claims;
using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>What the overview shows, without a browser. <see cref="RefreshAsync"/> reads only what can have changed.</summary>
/// <param name="hub">The address of the hub's root, with a slash at its end.</param>
/// <param name="findOperator">Checks the right to read again: null when it has ended.</param>
/// <param name="left">Cancelled when the page is left.</param>
internal sealed class OverviewModel(OverviewSources sources, string hub, Func<Task<ClaimsPrincipal?>> findOperator, CancellationToken left)
{
    /// <summary>Of the notifications and of the scheduled ones.</summary>
    public const int MaxRows = 6, MaxUpcoming = 3;

    /// <summary>The most notifications that are counted by topic and severity.</summary>
    public const int MaxShares = 10_000;

    private static readonly TimeSpan SlowInterval = TimeSpan.FromMinutes(1);

    private readonly OverviewRates _rates = new(sources.Hub.Counters, sources.Streams, sources.Time);
    private ActivitySample? _recorded;
    private long _published = -1;
    private DateTimeOffset _slowDue, _sharesDue;
    private int _changes;

    public OverviewRange Range { get; private set; } = OverviewRange.Hour;

    public OverviewMetric Metric { get; set; } = OverviewMetric.Deliveries;

    public OverviewNow Now { get; private set; }

    /// <summary>Null: none yet.</summary>
    public UnreadCount? Unread => sources.Unread.Last;

    /// <summary>Null until they are read; so are the following.</summary>
    public OverviewSamples? Samples { get; private set; }

    public ActivityShares? Shares { get; private set; }

    public IReadOnlyList<Notification>? Newest { get; private set; }

    public IReadOnlyList<ScheduledNotification>? Upcoming { get; private set; }

    public IReadOnlyList<Attention>? Attentions { get; private set; }

    public FirstSteps? FirstSteps { get; private set; }

    /// <summary>The last reading failed; what is shown was read before.</summary>
    public bool IsUnavailable { get; private set; }

    /// <summary>The right to read has ended.</summary>
    public bool IsSignedOut { get; private set; }

    /// <summary>Something was updated or retracted. From any thread.</summary>
    public void RecordChange() => Interlocked.Increment(ref _changes);

    /// <summary>Looks at another range.</summary>
    public Task ShowAsync(OverviewRange range)
    {
        (Range, _recorded, Samples, Shares) = (range, null, Samples?.Range == range ? Samples : null, null);
        return RefreshAsync();
    }

    /// <returns>Whether anything has changed that is shown.</returns>
    public async Task<bool> RefreshAsync()
    {
        if (IsSignedOut) return false;
        if (await findOperator() is not { } user)
        {
            IsSignedOut = true;
            return true;
        }
        var (now, wasUnavailable) = (Now, IsUnavailable);
        Now = _rates.Read();
        try
        {
            var hasRead = await ReadNewestAsync(user) | await ReadSamplesAsync() | await ReadSlowAsync(user);
            IsUnavailable = false;
            return hasRead || now != Now || wasUnavailable;
        }
        catch (StoreUnavailableException)
        {
            IsUnavailable = true;
            return true;
        }
    }

    private async Task<bool> ReadNewestAsync(ClaimsPrincipal user)
    {
        var state = sources.Hub.LastDispatched + Interlocked.CompareExchange(ref _changes, 0, 0);
        if (state == _published) return false;
        var query = new HistoryQuery(TopicFilter.Everything, sources.Scope.Of(user), Limit: MaxRows) { Caller = user.CallerId() };
        Newest = (await sources.Log.ReadHistoryAsync(query, left)).Notifications;
        _published = state;
        return true;
    }

    private async Task<bool> ReadSamplesAsync()
    {
        var (range, recorded) = (Range, sources.Recorder.Latest);
        if (Samples is not null && recorded == _recorded) return false;
        var end = range.Step.BeginOf(sources.Time.GetUtcNow());
        var samples = new OverviewSamples(range, end, await sources.Recorder.ReadAsync(range.Step, end - (2 * range.Length), left));
        // At once where something was published, and now and then because the range moves on.
        var areSharesDue = Shares is null || recorded is { Published: > 0 } || sources.Time.GetUtcNow() >= _sharesDue;
        var shares = areSharesDue ? await sources.Activity.ReadSharesAsync(samples.From, MaxShares, left) : Shares;
        if (areSharesDue) _sharesDue = sources.Time.GetUtcNow() + SlowInterval;
        if (range != Range) return true;
        (Samples, Shares, _recorded) = (samples, shares, recorded);
        return true;
    }

    private async Task<bool> ReadSlowAsync(ClaimsPrincipal user)
    {
        if (sources.Time.GetUtcNow() is var now && now < _slowDue) return false;
        Upcoming = await sources.Schedule.ReadAsync(sources.Scope.Of(user), MaxUpcoming, left);
        FirstSteps = await sources.Steps.FindAsync(user, hub, left);
        Attentions = await sources.Attentions.FindAsync(user, left);
        _slowDue = now + SlowInterval;
        return true;
    }
}
