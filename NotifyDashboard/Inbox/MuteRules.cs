using System.Globalization;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>
/// Whether a notification is listed but not counted. The browser has the same rules in <c>mute-rules.js</c>; <c>mute-cases.json</c> tests both.
/// The result does not depend on the current time, so a count never changes by itself.
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

    // A notification is muted by topic only if all its topics in the inbox are muted.
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

    /// <summary>The minute of the day; null unless the text is a time such as <c>07:30</c>.</summary>
    public static int? Minute(string time) =>
        TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? (read.Hour * 60) + read.Minute : null;
}
