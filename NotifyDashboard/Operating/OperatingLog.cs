namespace NotifyDashboard.Operating;

internal static partial class OperatingLog
{
    [LoggerMessage(4000, LogLevel.Warning, "A request from {Address} carries X-Forwarded-For, which is ignored: if that is your proxy, name it in Proxy:Known. Until then all its visitors count as one address.")]
    public static partial void UnknownProxy(ILogger log, string address);

    [LoggerMessage(4004, LogLevel.Warning, "{Sentence}")]
    public static partial void NoTimeZones(ILogger log, string sentence);

    [LoggerMessage(4002, LogLevel.Warning, "Delivery figures could not be saved; it is tried again in a few seconds.")]
    public static partial void FiguresNotSaved(ILogger log, Exception exception);

    [LoggerMessage(4001, LogLevel.Warning, "What is due could not be trimmed; it is tried again in a minute.")]
    public static partial void TrimFailed(ILogger log, Exception exception);

    [LoggerMessage(4003, LogLevel.Warning, "What is due could not be published or ended; it is tried again in a second.")]
    public static partial void DueFailed(ILogger log, Exception exception);
}
