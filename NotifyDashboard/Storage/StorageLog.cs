namespace NotifyDashboard.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(5000, LogLevel.Information, "The search index {File} lacks {Count} notifications; they are being indexed")]
    public static partial void Indexing(ILogger logger, string file, long count);

    [LoggerMessage(5001, LogLevel.Warning, "The search index {File} cannot be written; searches are refused until it can, everything else goes on")]
    public static partial void NotIndexed(ILogger logger, string file, Exception fault);
}
