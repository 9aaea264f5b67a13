namespace NotifyDashboard.Inbox;

internal static partial class InboxLog
{
    [LoggerMessage(7000, LogLevel.Warning, "Looking for notifications whose snooze is over failed; it is tried again")]
    public static partial void SnoozeFailed(ILogger logger, Exception fault);
}
