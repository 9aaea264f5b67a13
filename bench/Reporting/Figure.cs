using System.Globalization;

namespace NotifyDashboard.Bench.Reporting;

/// <summary>A figure as people read it: three digits that say something.</summary>
internal static class Figure
{
    public static string Of(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
