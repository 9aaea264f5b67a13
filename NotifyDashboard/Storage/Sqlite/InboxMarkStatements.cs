namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The statements that write marks. Those of a bulk mark skip snoozed notifications: they were not visible, and return unseen and unread.</summary>
internal static class InboxMarkStatements
{
    public const string SetSeen =
        """
        INSERT INTO inbox_marks (recipient, sequence, seen)
        SELECT @id, n.sequence, 1
        FROM json_each(@sequences) AS given
        JOIN notifications AS n ON n.sequence = given.value AND n.kind = 0
        WHERE EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = n.sequence)
        ON CONFLICT (recipient, sequence) DO UPDATE SET seen = 1
        """;

    public const string SetRead =
        """
        INSERT INTO inbox_marks (recipient, sequence, seen, read)
        SELECT @id, n.sequence, 1, 1
        FROM json_each(@sequences) AS given
        JOIN notifications AS n ON n.sequence = given.value AND n.kind = 0
        WHERE EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = n.sequence)
        ON CONFLICT (recipient, sequence) DO UPDATE SET seen = 1, read = 1
        """;

    public const string SetUnread =
        """
        INSERT INTO inbox_marks (recipient, sequence, seen, read)
        SELECT @id, n.sequence, 1, 0
        FROM json_each(@sequences) AS given
        JOIN notifications AS n ON n.sequence = given.value AND n.kind = 0
        WHERE EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = n.sequence)
        ON CONFLICT (recipient, sequence) DO UPDATE SET seen = 1, read = 0
        """;

    public const string SetArchived =
        """
        INSERT INTO inbox_marks (recipient, sequence, archived)
        SELECT @id, n.sequence, 1
        FROM json_each(@sequences) AS given
        JOIN notifications AS n ON n.sequence = given.value AND n.kind = 0
        WHERE EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = n.sequence)
        ON CONFLICT (recipient, sequence) DO UPDATE SET archived = 1, snoozed_until = NULL
        """;

    public const string SetUnarchived =
        """
        INSERT INTO inbox_marks (recipient, sequence, archived)
        SELECT @id, n.sequence, 0
        FROM json_each(@sequences) AS given
        JOIN notifications AS n ON n.sequence = given.value AND n.kind = 0
        WHERE EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = n.sequence)
        ON CONFLICT (recipient, sequence) DO UPDATE SET archived = 0
        """;

    public const string SetSnoozed =
        """
        INSERT INTO inbox_marks (recipient, sequence, seen, read, snoozed_until)
        SELECT @id, n.sequence, 0, 0, @until
        FROM json_each(@sequences) AS given
        JOIN notifications AS n ON n.sequence = given.value AND n.kind = 0
        WHERE EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = n.sequence)
        ON CONFLICT (recipient, sequence) DO UPDATE SET seen = 0, read = 0, archived = 0, snoozed_until = @until
        """;

    public const string AdvanceSeen =
        """
        UPDATE inbox_topics SET seen_through = max(seen_through, @through)
        WHERE recipient = @id AND topic IN (SELECT value FROM json_each(@topics))
        """;

    public const string AdvanceRead =
        """
        UPDATE inbox_topics SET seen_through = max(seen_through, @through), read_through = max(read_through, @through)
        WHERE recipient = @id AND topic IN (SELECT value FROM json_each(@topics))
        """;

    /// <summary>Sets what was marked as unread to seen: the watermark does not change those.</summary>
    public const string SetMarkedUnreadSeen =
        """
        UPDATE inbox_marks INDEXED BY inbox_marks_raised SET seen = 1
        WHERE recipient = @id AND read = 0 AND sequence <= @through AND (snoozed_until IS NULL OR snoozed_until <= @now)
          AND EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = inbox_marks.sequence)
        """;

    /// <summary>Sets what was marked as unread to read: the watermark does not change those.</summary>
    public const string SetMarkedUnreadRead =
        """
        UPDATE inbox_marks INDEXED BY inbox_marks_raised SET seen = 1, read = 1
        WHERE recipient = @id AND read = 0 AND sequence <= @through AND (snoozed_until IS NULL OR snoozed_until <= @now)
          AND EXISTS (SELECT 1 FROM json_each(@topics) AS asked JOIN notification_topics AS t ON t.topic = asked.value AND t.sequence = inbox_marks.sequence)
        """;

    /// <summary>
    /// Marks as seen what is on one of the topics and on another topic of the inbox too: it would stay above that topic's watermark. Counting scans only so many rows of a topic,
    /// so older notifications need no mark.
    /// </summary>
    public const string SetSeenElsewhere =
        """
        INSERT INTO inbox_marks (recipient, sequence, seen)
        SELECT DISTINCT @id, t.sequence, 1
        FROM inbox_topics AS w
        JOIN notification_topics AS t ON t.topic = w.topic AND t.sequence > w.seen_through AND t.sequence <= @through AND t.sequence > coalesce(
          (SELECT sequence FROM notification_topics WHERE topic = w.topic AND sequence <= @through ORDER BY sequence DESC LIMIT 1 OFFSET @rowsScanned), 0)
        JOIN notifications AS n ON n.sequence = t.sequence AND n.kind = 0
        WHERE w.recipient = @id AND w.topic IN (SELECT value FROM json_each(@topics))
          AND EXISTS (SELECT 1 FROM json_each(@others) AS other JOIN notification_topics AS o ON o.topic = other.value AND o.sequence = t.sequence)
        ON CONFLICT (recipient, sequence) DO UPDATE SET seen = 1 WHERE snoozed_until IS NULL OR snoozed_until <= @now
        """;

    /// <summary>The same for what is read.</summary>
    public const string SetReadElsewhere =
        """
        INSERT INTO inbox_marks (recipient, sequence, seen, read)
        SELECT DISTINCT @id, t.sequence, 1, 1
        FROM inbox_topics AS w
        JOIN notification_topics AS t ON t.topic = w.topic AND t.sequence > w.read_through AND t.sequence <= @through AND t.sequence > coalesce(
          (SELECT sequence FROM notification_topics WHERE topic = w.topic AND sequence <= @through ORDER BY sequence DESC LIMIT 1 OFFSET @rowsScanned), 0)
        JOIN notifications AS n ON n.sequence = t.sequence AND n.kind = 0
        WHERE w.recipient = @id AND w.topic IN (SELECT value FROM json_each(@topics))
          AND EXISTS (SELECT 1 FROM json_each(@others) AS other JOIN notification_topics AS o ON o.topic = other.value AND o.sequence = t.sequence)
        ON CONFLICT (recipient, sequence) DO UPDATE SET seen = 1, read = 1 WHERE snoozed_until IS NULL OR snoozed_until <= @now
        """;

    /// <summary>Deletes redundant marks: those that only say "read" at or below the recipient's lowest read watermark.</summary>
    public const string DeleteRedundant =
        """
        DELETE FROM inbox_marks
        WHERE recipient = @id AND sequence <= (SELECT min(read_through) FROM inbox_topics WHERE recipient = @id)
          AND coalesce(read, 1) = 1 AND archived = 0 AND (snoozed_until IS NULL OR snoozed_until <= @now)
        """;
}
