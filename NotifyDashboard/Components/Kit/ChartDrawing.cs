namespace NotifyDashboard.Components.Kit;

/// <summary>A snapshot of <see cref="ChartData"/> as it is shown and sent to the browser: rounded, and with series of equal length.</summary>
/// <param name="From">Milliseconds since 1970.</param>
/// <param name="Step">Milliseconds.</param>
internal sealed record ChartDrawing(string Label, long From, double Step, int Decimals, IReadOnlyList<ChartSeries> Series)
{
    public static ChartDrawing Of(string label, int decimals, ChartData data)
    {
        var count = data.Series.Select(series => series.Values.Count).DefaultIfEmpty().Max();
        return new(label, data.From.ToUnixTimeMilliseconds(), data.Step.TotalMilliseconds, decimals, [.. data.Series.Select(series => series with { Values = Rounded(series.Values, count, decimals) })]);
    }

    /// <summary>The number of points.</summary>
    public int Count => Series.Count == 0 ? 0 : Series[0].Values.Count;

    public bool IsEmpty => Series.All(series => series.Values.All(value => value is null));

    public DateTimeOffset TimeOf(int point) => DateTimeOffset.FromUnixTimeMilliseconds(From + (long)(Step * point));

    public bool Equals(ChartDrawing? other) => other is not null
        && (Label, From, Step, Decimals) == (other.Label, other.From, other.Step, other.Decimals)
        && Series.Count == other.Series.Count
        && Series.Zip(other.Series).All(pair => (pair.First.Name, pair.First.Dashed) == (pair.Second.Name, pair.Second.Dashed) && pair.First.Values.SequenceEqual(pair.Second.Values));

    public override int GetHashCode() => HashCode.Combine(Label, From, Step, Decimals, Series.Count);

    // JSON has no NaN and no infinity.
    private static double?[] Rounded(IReadOnlyList<double?> values, int count, int decimals) =>
        [.. Enumerable.Range(0, count).Select(point => point < values.Count && values[point] is { } value && double.IsFinite(value) ? Math.Round(value, decimals, MidpointRounding.AwayFromZero) : (double?)null)];
}
