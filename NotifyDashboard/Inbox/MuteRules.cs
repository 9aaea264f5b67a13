using System.Globalization;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>
/// Whether a notification arrives without a badge. The browser decides the same in <c>mute-rules.js</c>; one table of cases tests both.
/// It depends on nothing that passes, so a count never changes by itself.
/// </summary>
internal static class MuteRules
{
    /// <param name="inbox">The inbox's topics.</param>
    /// <param name="topics">The notification's.</param>
    public static bool IsMuted(InboxPreferences preferences, IReadOnlyList<string> inbox, string type, IReadOnlyList<string> topics, string? severity, DateTimeOffset publishedAt)
    {
        if (severity == Severity.Critical && preferences.CriticalBreaksThrough) return false;
        return preferences.Muted.Types.Contains(type) || IsMuted(preferences.Muted.Topics, inbox, topics) || IsQuiet(preferences.QuietHours, publishedAt);
    }

    // What came to the recipient on another topic too is not muted with this one.
    private static bool IsMuted(IReadOnlyList<string> muted, IReadOnlyList<string> inbox, IReadOnlyList<string> topics)
    {
        if (muted.Count == 0) return false;
        var asked = topics.Where(inbox.Contains).ToArray();
        return asked.Length > 0 && asked.All(muted.Contains);
    }

    private static bool IsQuiet(QuietHours? hours, DateTimeOffset at)
    {
        if (hours is null || Minute(hours.From) is not { } from || Minute(hours.To) is not { } to || !TimeZoneInfo.TryFindSystemTimeZoneById(hours.TimeZone, out var zone)) return false;
        var minute = (int)TimeZoneInfo.ConvertTime(at, zone).TimeOfDay.TotalMinutes;
        return from < to ? minute >= from && minute < to : minute >= from || minute < to;
    }

    /// <summary>Of a day; null where it is no time such as <c>07:30</c>.</summary>
    public static int? Minute(string time) =>
        TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? (read.Hour * 60) + read.Minute : null;
}
