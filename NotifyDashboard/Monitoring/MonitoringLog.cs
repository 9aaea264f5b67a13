namespace NotifyDashboard.Monitoring;

internal static partial class MonitoringLog
{
    [LoggerMessage(8000, LogLevel.Warning, "The figures of the last minute could not be saved; it is tried again in ten seconds.")]
    public static partial void ActivityNotSaved(ILogger log, Exception exception);
}
