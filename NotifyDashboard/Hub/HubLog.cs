namespace NotifyDashboard.Hub;

internal static partial class HubLog
{
    /// <param name="count">Changes, which may also be updates, retracts or work of the schedule; a batch is one change.</param>
    [LoggerMessage(1000, LogLevel.Error, "The store did not take {Count} notifications; their publishers were told")]
    public static partial void AppendFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(1001, LogLevel.Error, "A step of the dispatch loop failed; it goes on")]
    public static partial void DispatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "A watcher of the hub failed; it was skipped")]
    public static partial void WatcherFailed(ILogger logger, Exception exception);
}
