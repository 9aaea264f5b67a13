namespace NotifyDashboard.Hub;

/// <summary>Notifications that a recipient does not want to be counted. They are delivered all the same, but the badge does not count them.</summary>
public sealed record InboxPreferences
{
    /// <summary>The preferences of a recipient who has set none.</summary>
    public static InboxPreferences None { get; } = new();

    public Muted Muted { get; init; } = new();

    /// <summary>Null: none.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>Whether critical notifications count even when muted or published in quiet hours.</summary>
    public bool CriticalBreaksThrough { get; init; } = true;
}

/// <summary>The muted topics and types; exact names.</summary>
public sealed record Muted
{
    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<string> Types { get; init; } = [];
}

/// <summary>A daily window: notifications published from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive) do not count. If <paramref name="To"/> is earlier, the window spans midnight.</summary>
/// <param name="From">Such as <c>22:00</c>.</param>
/// <param name="To">Such as <c>07:00</c>.</param>
/// <param name="TimeZone">An IANA name, such as <c>Europe/Berlin</c>.</param>
public sealed record QuietHours(string From, string To, string TimeZone);
