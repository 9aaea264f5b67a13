using System.Globalization;

namespace NotifyDashboard.Bench.Reporting;

/// <summary>How much one build differs from another in a metric, from pairs of runs that were measured one right after the other: what slows the machine down for a while slows both of a pair.</summary>
/// <param name="Pairs">How many.</param>
/// <param name="Median">Percent of before.</param>
/// <param name="Low">The lowest of all pairs.</param>
/// <param name="High">The highest of all pairs.</param>
internal sealed record Difference(int Pairs, double Median, double Low, double High)
{
    /// <summary>Of two equal builds, so many pairs all say the same direction in one of 32 cases. Fewer prove nothing.</summary>
    private const int EnoughPairs = 6;

    /// <summary>There are enough pairs, and every one says the same direction.</summary>
    public bool IsDistinguishable => Pairs >= EnoughPairs && (Low > 0 || High < 0);

    /// <returns>Null where nothing can be compared: no pair, or nothing before.</returns>
    public static Difference? Of(IEnumerable<(double Before, double After)> pairs)
    {
        double[] percents = [.. pairs.Where(pair => pair.Before > 0).Select(pair => ((pair.After / pair.Before) - 1) * 100)];
        return percents.Length == 0 ? null : new(percents.Length, Reporting.Median.Of(percents), percents.Min(), percents.Max());
    }

    public override string ToString() => IsDistinguishable
        ? string.Create(CultureInfo.InvariantCulture, $"{Median:+0.0;-0.0}% ({Low:+0.0;-0.0} to {High:+0.0;-0.0})")
        : string.Create(CultureInfo.InvariantCulture, $"not distinguishable ({Low:+0.0;-0.0} to {High:+0.0;-0.0}%{(Pairs < EnoughPairs ? ", too few pairs" : "")})");
}
