using System.Globalization;

namespace NotifyDashboard.Bench.Reporting;

/// <summary>Something that is measured.</summary>
/// <param name="Key">Its name in the JSON file.</param>
/// <param name="Title">What it is and its unit, as the table and the plot say it.</param>
/// <param name="Plotted">Whether it has a plot.</param>
internal sealed record Metric(string Key, string Title, bool Plotted = false);

/// <summary>What one run of a bench on one server gave.</summary>
internal sealed class Measurement
{
    private readonly Dictionary<Metric, double> _values = [];
    private readonly Dictionary<string, long> _errors = [];

    public double this[Metric metric]
    {
        get => _values[metric];
        set => _values[metric] = value;
    }

    /// <summary>CPU that the load itself used: near to the time that passed, it was the load that was measured.</summary>
    public double LoadCpuSeconds { get; set; }

    /// <summary>What should not have happened, and how often.</summary>
    public IReadOnlyDictionary<string, long> Errors => _errors;

    public void FindError(string kind, long count)
    {
        if (count != 0) _errors[kind] = _errors.GetValueOrDefault(kind) + count;
    }

    public override string ToString() => string.Join(", ", [
        .. _values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key.Title} {Figure.Of(v.Value)}")),
        string.Create(CultureInfo.InvariantCulture, $"load's CPU {LoadCpuSeconds:0.0} s"),
        .. _errors.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key.ToUpperInvariant()} {f.Value:N0}"))]);
}
