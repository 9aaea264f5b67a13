namespace NotifyDashboard.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(5000, LogLevel.Information, "The search index {File} lacks {Count} notifications; they are being indexed")]
    public static partial void Indexing(ILogger logger, string file, long count);

    [LoggerMessage(5001, LogLevel.Warning, "The search index {File} cannot be written; searches are refused until it can, everything else goes on")]
    public static partial void NotIndexed(ILogger logger, string file, Exception exception);

    [LoggerMessage(5002, LogLevel.Warning, "Other users of this machine may read or write files of the database, with the keys that sign people in. Make them this user's alone: chmod 600 {Files}")]
    public static partial void FilesShared(ILogger logger, string files);
}
