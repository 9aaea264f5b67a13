namespace NotifyDashboard.Hub;

/// <summary>The two forms of a notification on the wire.</summary>
public enum WireForm
{
    /// <summary>As the publisher wrote it: its own event type, its own data.</summary>
    Plain,

    /// <summary><c>event: hub.notification</c> with all fields, topics included, as JSON.</summary>
    Envelope,
}

/// <summary>Turns an entry of the log into the final bytes of its frame; the hub knows no wire format.</summary>
public interface INotificationEncoder
{
    byte[] Encode(LogEntry entry, WireForm form);
}
