namespace NotifyDashboard.Inbox;

internal static partial class InboxLog
{
    [LoggerMessage(7000, LogLevel.Warning, "Looking for notifications whose snooze is over failed; it is tried again")]
    public static partial void SnoozeFailed(ILogger logger, Exception exception);

    [LoggerMessage(7001, LogLevel.Information, "All that was held of a recipient was erased on request")]
    public static partial void Erased(ILogger logger);
}
