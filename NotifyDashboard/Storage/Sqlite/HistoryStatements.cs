namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The statements that read the history newest first, one for each index that a reading can start from. <see cref="Whole"/> and <see cref="Brief"/> differ only in their columns.</summary>
/// <param name="Newest">All notifications.</param>
/// <param name="Found">Those that the search index found.</param>
/// <param name="OfSeverity">Those of one severity.</param>
/// <param name="OfType">Those of one type.</param>
/// <param name="OfTopics">
/// Those of several topics. They cannot be read in order from the index: all their rows would be sorted for every page. So first the nearest sequence is looked up at which
/// one topic alone fills the page: nothing below it is needed.
/// </param>
internal sealed record HistoryStatements(string Newest, string Found, string OfSeverity, string OfType, string OfTopics)
{
    /// <summary>The smallest sequence published at a time or later.</summary>
    public const string FirstFrom =
        """
        SELECT min(sequence) FROM (
          SELECT sequence FROM notifications WHERE kind = 0 AND published_at >= @at ORDER BY published_at LIMIT @edge)
        """;

    /// <summary>The newest sequence published before a time.</summary>
    public const string LastBefore =
        """
        SELECT max(sequence) FROM (
          SELECT sequence FROM notifications WHERE kind = 0 AND published_at < @at ORDER BY published_at DESC LIMIT @edge)
        """;

    /// <summary>All columns.</summary>
    public static readonly HistoryStatements Whole = Of(NotificationRow.Columns);

    /// <summary>Null for the content that can be long.</summary>
    public static readonly HistoryStatements Brief = Of(NotificationRow.BriefColumns);

    private static HistoryStatements Of(string columns) => new(
        $"""
        SELECT {columns} FROM notifications
        WHERE sequence < @before AND sequence >= @floor ORDER BY sequence DESC LIMIT @rows
        """,
        $"""
        SELECT {columns} FROM notifications
        WHERE sequence IN (SELECT value FROM json_each(@found)) ORDER BY sequence DESC
        """,
        $"""
        SELECT {columns} FROM notifications
        WHERE sequence IN (
          SELECT sequence FROM notifications INDEXED BY notifications_severity
          WHERE severity = @severity AND sequence < @before AND sequence >= @floor ORDER BY sequence DESC LIMIT @rows)
        ORDER BY sequence DESC
        """,
        $"""
        SELECT {columns} FROM notifications
        WHERE sequence IN (
          SELECT sequence FROM notifications INDEXED BY notifications_type
          WHERE type = @type AND kind = 0 AND sequence < @before AND sequence >= @floor ORDER BY sequence DESC LIMIT @rows)
        ORDER BY sequence DESC
        """,
        $"""
        SELECT {columns} FROM notifications
        WHERE sequence IN (
          SELECT DISTINCT sequence FROM notification_topics
          WHERE topic IN @topics AND sequence < @before AND sequence >= @floor AND sequence >= coalesce(
            (SELECT max((SELECT sequence FROM notification_topics WHERE topic = asked.value AND sequence < @before ORDER BY sequence DESC LIMIT 1 OFFSET @rows - 1)) FROM json_each(@asked) AS asked), 0)
          ORDER BY sequence DESC LIMIT @rows)
        ORDER BY sequence DESC
        """);
}
