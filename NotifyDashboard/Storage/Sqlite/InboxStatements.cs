namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// The statements that walk an inbox, newest first. Their joins keep the order of the inner statement, so a walk that has enough rows ends early.
/// <see cref="InboxRowReader"/> reads their rows.
/// </summary>
internal static class InboxStatements
{
    /// <summary>What is on one topic.</summary>
    public const string OfTopic =
        """
        SELECT n.sequence, m.read, m.seen, coalesce(m.archived, 0) AS archived, m.snoozed_until, n.private, n.topics, n.type, n.severity, n.published_at,
          n.kind = 0 AND n.retracted_at IS NULL AND (n.expires_at IS NULL OR n.expires_at > @now) AS deliverable
        FROM (
          SELECT sequence FROM notification_topics
          WHERE topic = @topic AND sequence > @after AND sequence < @before
          ORDER BY sequence DESC LIMIT @rowsScanned) AS w
        CROSS JOIN notifications AS n ON n.sequence = w.sequence
        LEFT JOIN inbox_marks AS m ON m.recipient = @recipient AND m.sequence = w.sequence
        """;

    /// <summary>What was marked as unread, above or below the watermarks.</summary>
    public const string MarkedUnread =
        """
        SELECT n.sequence, m.read, m.seen, coalesce(m.archived, 0) AS archived, m.snoozed_until, n.private, n.topics, n.type, n.severity, n.published_at,
          n.kind = 0 AND n.retracted_at IS NULL AND (n.expires_at IS NULL OR n.expires_at > @now) AS deliverable
        FROM (
          SELECT sequence FROM inbox_marks INDEXED BY inbox_marks_raised
          WHERE recipient = @recipient AND read = 0 AND sequence > @after AND sequence < @before AND @topic IS NULL
          ORDER BY sequence DESC LIMIT @rowsScanned) AS w
        CROSS JOIN notifications AS n ON n.sequence = w.sequence
        LEFT JOIN inbox_marks AS m ON m.recipient = @recipient AND m.sequence = w.sequence
        """;

    /// <summary>What was archived.</summary>
    public const string Archived =
        """
        SELECT n.sequence, m.read, m.seen, coalesce(m.archived, 0) AS archived, m.snoozed_until, n.private, n.topics, n.type, n.severity, n.published_at,
          n.kind = 0 AND n.retracted_at IS NULL AND (n.expires_at IS NULL OR n.expires_at > @now) AS deliverable
        FROM (
          SELECT sequence FROM inbox_marks INDEXED BY inbox_marks_archived
          WHERE recipient = @recipient AND archived = 1 AND sequence > @after AND sequence < @before AND @topic IS NULL
          ORDER BY sequence DESC LIMIT @rowsScanned) AS w
        CROSS JOIN notifications AS n ON n.sequence = w.sequence
        LEFT JOIN inbox_marks AS m ON m.recipient = @recipient AND m.sequence = w.sequence
        """;

    /// <summary>The content of some notifications, in no order.</summary>
    public const string Content = $"SELECT {NotificationRow.Columns} FROM notifications WHERE sequence IN (SELECT value FROM json_each(@sequences))";
}
