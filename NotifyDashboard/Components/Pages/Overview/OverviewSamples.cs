using NotifyDashboard.Components.Kit;
using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>The samples of a range and of the same time before it.</summary>
/// <param name="end">The end of the last step.</param>
internal sealed class OverviewSamples(OverviewRange range, DateTimeOffset end, IReadOnlyList<ActivitySample> samples)
{
    private const int MaxSparks = 60;

    private readonly Dictionary<string, IReadOnlyList<double?>> _sparks = [];
    private readonly Dictionary<DateTimeOffset, ActivitySample> _byTime = samples.ToDictionary(sample => sample.At);

    public OverviewRange Range { get; } = range;

    /// <summary>The beginning of the range.</summary>
    public DateTimeOffset From => end - Range.Length;

    private int Steps => (int)(Range.Length / Range.Step.Length);

    /// <summary>The sum of what was recorded in the range.</summary>
    public long Sum(Func<ActivitySample, long> select) => samples.Where(sample => sample.At >= From).Sum(select);

    public ChartData Chart(OverviewMetric metric)
    {
        var now = new ChartSeries($"{char.ToUpperInvariant(Range.Words[0])}{Range.Words[1..]}", Values(metric, From));
        var before = new ChartSeries(Range.Before, Values(metric, From - Range.Length), Dashed: true);
        return new(From, Range.Step.Length, before.Values.Any(value => value is not null) ? [now, before] : [now]);
    }

    /// <summary>The range in few points.</summary>
    public IReadOnlyList<double?> Sparks(OverviewMetric metric)
    {
        if (_sparks.TryGetValue(metric.Name, out var known)) return known;
        var values = Values(metric, From);
        return _sparks[metric.Name] = [.. values.Chunk((int)Math.Ceiling((double)values.Length / MaxSparks)).Select(chunk => metric.IsSum ? Add(chunk) : chunk.Max())];
    }

    private static double? Add(double?[] values) => values.Any(value => value is not null) ? values.Sum() : null;

    // Unread is counted once a minute: a step between two counts has that of the count before.
    private double?[] Values(OverviewMetric metric, DateTimeOffset from)
    {
        var (values, last) = (new double?[Steps], (double?)null);
        for (var i = 0; i < values.Length; i++)
        {
            if (!_byTime.TryGetValue(from + (i * Range.Step.Length), out var sample)) continue;
            last = metric.Select(sample) ?? last;
            values[i] = metric.IsRate ? Math.Round((last ?? 0) / Range.Step.Length.TotalSeconds, 3) : last;
        }
        return values;
    }
}
