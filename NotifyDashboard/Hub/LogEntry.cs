namespace NotifyDashboard.Hub;

/// <summary>The kind of an entry.</summary>
public enum LogEntryKind
{
    /// <summary>A new notification. The cursor of the entry is its id.</summary>
    Notification,

    /// <summary>The content of a notification changed.</summary>
    Update,

    /// <summary>A notification was retracted, replaced or expired.</summary>
    Retract,
}

/// <summary>One entry of the log.</summary>
/// <param name="Cursor">Its position in the log; the SSE <c>id:</c>.</param>
/// <param name="Kind">Whether it is a new notification, an update or a retract.</param>
/// <param name="Notification">The notification that the entry is about, in its current state.</param>
public sealed record LogEntry(Cursor Cursor, LogEntryKind Kind, Notification Notification)
{
    /// <summary>The entry of a new notification.</summary>
    public LogEntry(Notification notification) : this(notification.Id, LogEntryKind.Notification, notification)
    {
    }
}
