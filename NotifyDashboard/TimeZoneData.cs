namespace NotifyDashboard;

/// <summary>Whether the system's time zone data is installed. Small container images omit it, and <c>TimeZoneInfo</c> then knows only UTC.</summary>
internal static class TimeZoneData
{
    public const string Missing = "The hub's machine has no time zone data, so quiet hours cannot be counted. Install it (package tzdata), leave DOTNET_SYSTEM_TIMEZONE_INVARIANT unset, and restart the hub.";

    // Every installation contains this zone; listing all zones would read hundreds of files.
    public static bool IsInstalled { get; } = TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out _);
}
