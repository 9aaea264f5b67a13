using System.Globalization;
using System.Text.RegularExpressions;

namespace NotifyDashboard.Hub;

/// <summary>The text form of times on the wire.</summary>
public static partial class TimeText
{
    /// <summary>The syntax that <see cref="Parse"/> accepts, for messages.</summary>
    public const string Syntax = "a time with its zone, such as 2026-01-31T12:00:00Z";

    /// <summary>RFC 3339, UTC, milliseconds, such as <c>2026-01-31T12:00:00.000Z</c>.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>Reads RFC 3339; the seconds may be left out. The zone is required: without it, the time would depend on the machine.</summary>
    /// <returns>The time in UTC; null for anything else.</returns>
    public static DateTimeOffset? Parse(string? text) =>
        // A plus sign that a form or a query does not encode arrives as a blank.
        text is not null && Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToUniversalTime() : null;

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+\- ][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Rfc3339();
}
