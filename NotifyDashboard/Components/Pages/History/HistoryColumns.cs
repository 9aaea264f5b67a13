using System.Globalization;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>The columns that an operator can show or hide; time and title are always shown.</summary>
[Flags]
public enum HistoryColumns
{
    None = 0,
    Topic = 1,
    By = 2,
    Type = 4,
    Tags = 8,
    Written = 16,
}

/// <summary>Remembers the choice in a cookie, which the server reads when it prerenders the page: the columns are right from the first paint.</summary>
internal static class ColumnChoice
{
    public const string Cookie = "history-columns";

    private const HistoryColumns Default = HistoryColumns.Topic | HistoryColumns.By | HistoryColumns.Written;

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<HistoryColumns> All { get; } = [HistoryColumns.Topic, HistoryColumns.By, HistoryColumns.Type, HistoryColumns.Tags, HistoryColumns.Written];

    public static HistoryColumns Read(string? cookie) =>
        int.TryParse(cookie, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? (HistoryColumns)chosen & All.Aggregate((all, column) => all | column) : Default;

    public static string Write(HistoryColumns columns) => ((int)columns).ToString(CultureInfo.InvariantCulture);
}
