using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>A figure of the overview, as a tile and in the chart.</summary>
/// <param name="Name">In the address of the page.</param>
/// <param name="Title">Of the tile.</param>
/// <param name="Label">Of the chart, with the unit.</param>
/// <param name="IsRate">Sums of a step, shown as so many a second; otherwise what there was at most.</param>
/// <param name="Select">The figure of a sample; null: not counted in its step.</param>
internal sealed record OverviewMetric(string Name, string Title, string Label, bool IsRate, Func<ActivitySample, long?> Select)
{
    public static OverviewMetric Connections { get; } = new("connections", "Connected now", "Connections", false, sample => sample.Streams);

    public static OverviewMetric Events { get; } = new("events", "Events", "Events a second", true, sample => sample.Published);

    public static OverviewMetric Deliveries { get; } = new("deliveries", "Deliveries", "Deliveries a second", true, sample => sample.Delivered);

    public static OverviewMetric Unread { get; } = new("unread", "Unread", "Unread notifications", false, sample => sample.Unread);

    public static OverviewMetric Errors { get; } = new("errors", "Errors", "Errors", false, sample => sample.Refused + sample.Failed) { IsSum = true };

    public static IReadOnlyList<OverviewMetric> All { get; } = [Connections, Events, Deliveries, Unread, Errors];

    /// <summary>Steps that are drawn as one are added up; otherwise the highest counts.</summary>
    public bool IsSum { get; init; } = IsRate;

    /// <summary>The metric of this name; deliveries for any other text.</summary>
    public static OverviewMetric Of(string? name) => All.FirstOrDefault(metric => metric.Name == name) ?? Deliveries;
}
