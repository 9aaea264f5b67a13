namespace NotifyDashboard.Components.Kit;

/// <summary>Figures over time, recorded at equal intervals.</summary>
/// <param name="From">The time of the first value of every series.</param>
/// <param name="Step">The time from one value to the next.</param>
/// <param name="Series">The first is the subject of the chart, the others are compared with it.</param>
public sealed record ChartData(DateTimeOffset From, TimeSpan Step, IReadOnlyList<ChartSeries> Series);

/// <summary>One line of a chart.</summary>
/// <param name="Values">Null: not recorded, a gap in the line.</param>
/// <param name="Dashed">Distinguishes the line without its colour.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, bool Dashed = false);
