namespace NotifyDashboard.Hub;

/// <summary>What an entry of the log says.</summary>
public enum LogEntryKind
{
    /// <summary>Something new. Its cursor is the notification's id.</summary>
    Notification,

    /// <summary>A notification has other content from here on.</summary>
    Update,

    /// <summary>A notification is taken back, replaced or over.</summary>
    Retract,
}

/// <summary>One place in the log's order.</summary>
/// <param name="Cursor">Its place; the SSE <c>id:</c>.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Notification">The notification that the entry is about, in its current state.</param>
public sealed record LogEntry(Cursor Cursor, LogEntryKind Kind, Notification Notification)
{
    /// <summary>A notification at its own place.</summary>
    public LogEntry(Notification notification) : this(notification.Id, LogEntryKind.Notification, notification)
    {
    }
}
