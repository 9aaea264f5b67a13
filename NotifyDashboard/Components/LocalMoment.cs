using System.Globalization;

namespace NotifyDashboard.Components;

/// <summary>Converts a date and time on a wall clock to a moment, in a time zone.</summary>
public static class LocalMoment
{
    /// <summary>A time that a clock change skips uses the offset before the change; of a time that occurs twice, the first counts, as in browsers and RFC 5545 (3.3.5).</summary>
    public static DateTimeOffset In(TimeZoneInfo zone, DateTime local)
    {
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = zone.IsInvalidTime(clock) ? zone.GetUtcOffset(clock.AddDays(-1))
            : zone.IsAmbiguousTime(clock) ? zone.GetAmbiguousTimeOffsets(clock).Max()
            : zone.GetUtcOffset(clock);
        return new DateTimeOffset(clock, offset).ToUniversalTime();
    }

    /// <summary>The effect of a clock change on this time, as a sentence; null when there is none.</summary>
    public static string? ClockChange(TimeZoneInfo zone, DateTime local)
    {
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(clock)) return $"The clocks go forward then, so {Time(clock)} does not exist that day. It becomes {Time(TimeZoneInfo.ConvertTime(In(zone, clock), zone).DateTime)}.";
        if (zone.IsAmbiguousTime(clock)) return $"The clocks go back then, so {Time(clock)} comes twice that day. The first one counts ({Offset(zone.GetAmbiguousTimeOffsets(clock).Max())}).";
        return null;
    }

    /// <summary>"Europe/Stockholm, UTC+1": a zone and its distance from UTC at that time.</summary>
    public static string ZoneWords(TimeZoneInfo zone, DateTime local) => zone.Id == "UTC" ? zone.Id : $"{zone.Id}, {Offset(TimeZoneInfo.ConvertTime(In(zone, local), zone).Offset)}";

    /// <summary>The next full hour on that clock.</summary>
    public static DateTime NextHour(TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        return local.Date.AddHours(local.Hour + 1);
    }

    private static string Time(DateTime clock) => clock.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Offset(TimeSpan offset) => offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset:h\\:mm}").Replace(":00", "", StringComparison.Ordinal);
}
