using NotifyDashboard.Hub;

namespace NotifyDashboard.Monitoring;

/// <summary>Activity over time, in decreasing resolution.</summary>
internal interface IActivityStore
{
    /// <summary>
    /// Adds samples of <see cref="ActivityStep.TenSeconds"/>, sums up the coarser steps that they belong to, and deletes what is older than is kept.
    /// A sample of a step that is stored already is added to it.
    /// </summary>
    /// <exception cref="StoreUnavailableException"/>
    Task SaveAsync(IReadOnlyList<ActivitySample> samples);

    /// <summary>The samples that begin at <paramref name="from"/> or later, oldest first.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyList<ActivitySample>> ReadAsync(ActivityStep step, DateTimeOffset from, CancellationToken cancellation);

    /// <summary>Counts what was published at <paramref name="since"/> or later by topic and severity, only the newest <paramref name="limit"/>.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<ActivityShares> ReadSharesAsync(DateTimeOffset since, int limit, CancellationToken cancellation);
}

/// <summary>What was published, by topic and by severity.</summary>
/// <param name="Counted">The number of notifications.</param>
/// <param name="IsExact">False if there are more than were counted.</param>
/// <param name="Topics">Each notification counts for each of its topics; the most frequent first.</param>
/// <param name="Severities">A notification without one counts under the empty text.</param>
public sealed record ActivityShares(int Counted, bool IsExact, IReadOnlyList<KeyValuePair<string, int>> Topics, IReadOnlyDictionary<string, int> Severities);
