namespace NotifyDashboard.Hub;

/// <summary>What a recipient does not want to be counted. What is muted arrives all the same, without a badge.</summary>
public sealed record InboxPreferences
{
    /// <summary>Of who has set none.</summary>
    public static InboxPreferences None { get; } = new();

    public Muted Muted { get; init; } = new();

    /// <summary>Null: none.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>Whether critical notifications count even when muted or published in quiet hours.</summary>
    public bool CriticalBreaksThrough { get; init; } = true;
}

/// <summary>What is muted: exact topics and types.</summary>
public sealed record Muted
{
    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<string> Types { get; init; } = [];
}

/// <summary>A daily window: what is published from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive) does not count. Where <paramref name="To"/> is earlier, it spans midnight.</summary>
/// <param name="From">Such as <c>22:00</c>.</param>
/// <param name="To">Such as <c>07:00</c>.</param>
/// <param name="TimeZone">An IANA name, such as <c>Europe/Berlin</c>.</param>
public sealed record QuietHours(string From, string To, string TimeZone);
