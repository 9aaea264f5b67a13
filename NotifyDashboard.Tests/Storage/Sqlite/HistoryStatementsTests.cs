using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public class HistoryStatementsTests
{
    [Fact]
    public void Whole_and_brief_statements_differ_only_in_their_columns() => Assert.Equal(HistoryStatements.Brief, new(
        WithBriefColumns(HistoryStatements.Whole.Newest),
        WithBriefColumns(HistoryStatements.Whole.Found),
        WithBriefColumns(HistoryStatements.Whole.OfSeverity),
        WithBriefColumns(HistoryStatements.Whole.OfType),
        WithBriefColumns(HistoryStatements.Whole.OfTopics)));

    private static string WithBriefColumns(string statement) => statement.Replace(NotificationRow.Columns, NotificationRow.BriefColumns, StringComparison.Ordinal);
}
