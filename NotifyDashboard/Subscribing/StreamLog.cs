namespace NotifyDashboard.Subscribing;

internal static partial class StreamLog
{
    [LoggerMessage(3000, LogLevel.Warning, "Reading the log for a stream that is behind failed; it is tried again")]
    public static partial void CatchUpFailed(ILogger logger, Exception exception);

    [LoggerMessage(3001, LogLevel.Error, "A turn of a stream failed; the stream is closed")]
    public static partial void PumpFailed(ILogger logger, Exception exception);

    [LoggerMessage(3002, LogLevel.Information, "A stream did not take 64 KiB in {Timeout} and was closed; it can resume from its cursor")]
    public static partial void WriteTimedOut(ILogger logger, TimeSpan timeout);

    [LoggerMessage(3003, LogLevel.Warning, "Counting an inbox for its recipient's streams failed; it is tried again")]
    public static partial void CountFailed(ILogger logger, Exception exception);

    [LoggerMessage(3004, LogLevel.Warning, "All {Max} {What} are taken ({Setting}); further ones get 503. (Said once a minute.)")]
    public static partial void Full(ILogger logger, int max, string what, string setting);

    [LoggerMessage(3005, LogLevel.Warning, "{Address} has {Max} {What}, the most that one address may have ({Setting}); further ones get 429.{Hint} (Said once a minute.)")]
    public static partial void TooManyOfAddress(ILogger logger, string address, int max, string what, string setting, string hint);
}
