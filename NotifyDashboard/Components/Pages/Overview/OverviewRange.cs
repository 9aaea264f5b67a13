using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>How far back the overview looks.</summary>
/// <param name="Name">In the address of the page.</param>
/// <param name="Words">As in "11,902 in the last hour".</param>
/// <param name="Before">The name of the same time before it.</param>
internal sealed record OverviewRange(string Name, string Text, string Words, string Before, TimeSpan Length, ActivityStep Step)
{
    public static OverviewRange Hour { get; } = new("hour", "Hour", "last hour", "The hour before", TimeSpan.FromHours(1), ActivityStep.TenSeconds);

    public static IReadOnlyList<OverviewRange> All { get; } =
    [
        new("15min", "15 min", "last 15 minutes", "The 15 minutes before", TimeSpan.FromMinutes(15), ActivityStep.TenSeconds),
        Hour,
        new("day", "Day", "last 24 hours", "The day before", TimeSpan.FromDays(1), ActivityStep.Minute),
        new("week", "Week", "last 7 days", "The week before", TimeSpan.FromDays(7), ActivityStep.TenMinutes),
    ];

    /// <summary>The range of this name; the hour for any other text.</summary>
    public static OverviewRange Of(string? name) => All.FirstOrDefault(range => range.Name == name) ?? Hour;
}
