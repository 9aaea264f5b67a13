namespace NotifyDashboard.Storage;

/// <summary>Times as the database stores them: milliseconds since 1970, UTC.</summary>
internal static class UnixTime
{
    public static DateTimeOffset Of(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? Of(long? milliseconds) => milliseconds is { } given ? Of(given) : null;
}
