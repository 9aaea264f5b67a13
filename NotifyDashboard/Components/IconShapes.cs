namespace NotifyDashboard.Components;

/// <summary>What <see cref="Icon"/> draws: outlines of 1.75 units, round caps, one per meaning.</summary>
internal static class IconShapes
{
    /// <exception cref="ArgumentException">No icon of that name.</exception>
    public static string Of(string name) => name switch
    {
        "audit" => """<path d="M6.4 3.8h11.2v16.4l-2.8-1.8-2.8 1.8-2.8-1.8-2.8 1.8z"/><path d="M9.4 8.4h5.2M9.4 12h5.2"/>""",
        "badge" => """<path d="M13 4.6H7.4a2.8 2.8 0 0 0-2.8 2.8v9.2a2.8 2.8 0 0 0 2.8 2.8h9.2a2.8 2.8 0 0 0 2.8-2.8V11"/><circle cx="18.4" cy="5.6" r="2.6"/>""",
        "bell" => """<path d="M6.2 10.4a5.8 5.8 0 0 1 11.6 0c0 4.1 1.1 5.6 2.2 6.6H4c1.1-1 2.2-2.5 2.2-6.6Z"/><path d="M9.6 20a2.6 2.6 0 0 0 4.8 0"/>""",
        "bolt" => """<path d="M13.4 3 5.6 13.4h5.2L9.8 21l8.6-11h-5.6z"/>""",
        "calendar" => """<rect x="4" y="5" width="16" height="15" rx="2.5"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>""",
        "check" => """<path d="m5 12.6 4.6 4.6L19.4 7"/>""",
        "clock" => """<circle cx="12" cy="12" r="8.2"/><path d="M12 7.4V12l3.2 2"/>""",
        "close" => """<path d="m6.4 6.4 11.2 11.2M17.6 6.4 6.4 17.6"/>""",
        "compose" => """<path d="M20.5 3.5 3.8 9.7l6.6 3.9 3.9 6.6z"/><path d="m10.4 13.6 4.1-4.1"/>""",
        "copy" => """<rect x="8.6" y="8.6" width="11.4" height="11.4" rx="2.4"/><path d="M15.4 8.4V6.2A2.2 2.2 0 0 0 13.2 4h-7A2.2 2.2 0 0 0 4 6.2v7a2.2 2.2 0 0 0 2.2 2.2h2.2"/>""",
        "critical" => """<path d="M8.2 3.4h7.6l4.8 4.8v7.6l-4.8 4.8H8.2l-4.8-4.8V8.2z"/><path d="M12 7.8v5M12 16h.01"/>""",
        "down" => """<path d="m6 9.4 6 6 6-6"/>""",
        "eye" => """<path d="M2.8 12S6 5.8 12 5.8 21.2 12 21.2 12 18 18.2 12 18.2 2.8 12 2.8 12Z"/><circle cx="12" cy="12" r="2.8"/>""",
        "heart" => """<path d="M12 19.6S3.8 15 3.8 9.2A4.3 4.3 0 0 1 12 7.4a4.3 4.3 0 0 1 8.2 1.8c0 5.8-8.2 10.4-8.2 10.4Z"/>""",
        "history" => """<path d="M4.2 12a7.8 7.8 0 1 0 2.5-5.7L4 8.8"/><path d="M4 4.4v4.4h4.4M12 7.8V12l3 1.9"/>""",
        "info" => """<circle cx="12" cy="12" r="8.6"/><path d="M12 11.2v5M12 7.7h.01"/>""",
        "key" => """<circle cx="7.8" cy="15.8" r="4.2"/><path d="m10.9 12.9 9-9M16.4 7.4l3 3"/>""",
        "leave" => """<path d="M10 4.6H6.8a2.2 2.2 0 0 0-2.2 2.2v10.4a2.2 2.2 0 0 0 2.2 2.2H10M15.4 8l4 4-4 4M19 12H9.6"/>""",
        "lock" => """<rect x="5.2" y="10.6" width="13.6" height="9.4" rx="2.2"/><path d="M8.4 10.4V7.6a3.6 3.6 0 0 1 7.2 0v2.8"/>""",
        "message" => """<path d="M4 6.8A2.8 2.8 0 0 1 6.8 4h10.4A2.8 2.8 0 0 1 20 6.8v7a2.8 2.8 0 0 1-2.8 2.8H11L6.6 20v-3.4A2.8 2.8 0 0 1 4 13.8z"/>""",
        "more" => """<path d="M5.5 12h.01M12 12h.01M18.5 12h.01"/>""",
        "moon" => """<path d="M19.6 14.2A8 8 0 0 1 9.8 4.4a8 8 0 1 0 9.8 9.8Z"/>""",
        "overview" => """<path d="M3.5 13h3.6l2.4-7.5 4.2 13L16.4 11l1.2 2h2.9"/>""",
        "out" => """<path d="M13.6 4.4h6v6M19.2 4.8l-8.6 8.6M10 5.4H6.6a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V14"/>""",
        "people" => """<circle cx="9" cy="8.2" r="3.6"/><path d="M2.6 19.6c.4-3.6 3-5.6 6.4-5.6s6 2 6.4 5.6M15.6 4.9a3.6 3.6 0 0 1 0 6.6M18 14.5c2 .8 3.2 2.6 3.4 5.1"/>""",
        "plus" => """<path d="M12 5v14M5 12h14"/>""",
        "retry" => """<path d="M19.8 12a7.8 7.8 0 1 1-2.5-5.7L20 8.8M20 4.4v4.4h-4.4"/>""",
        "search" => """<circle cx="10.8" cy="10.8" r="6.6"/><path d="m15.8 15.8 4.4 4.4"/>""",
        "success" => """<rect x="3.8" y="3.8" width="16.4" height="16.4" rx="5"/><path d="m8 12.4 2.8 2.8 5.2-5.8"/>""",
        "sun" => """<circle cx="12" cy="12" r="4"/><path d="M12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4M17.1 17.1l1.4 1.4M5.5 18.5l1.4-1.4M17.1 6.9l1.4-1.4"/>""",
        "system" => """<circle cx="12" cy="12" r="8.2"/><path d="M12 3.8a8.2 8.2 0 0 1 0 16.4z" fill="currentColor"/>""",
        "download" => """<path d="M12 4v11m-4.5-4.2L12 15.3l4.5-4.5M4.5 19.5h15"/>""",
        "table" => """<rect x="3.8" y="4.8" width="16.4" height="14.4" rx="2.2"/><path d="M3.8 10h16.4M10 10v9.2"/>""",
        "topic" => """<path d="M9.4 4 7.2 20M16.8 4l-2.2 16M4.4 9h16M3.6 15h16"/>""",
        "undo" => """<path d="M8.4 4.6 4 9l4.4 4.4"/><path d="M4.4 9h9.8a5.6 5.6 0 0 1 0 11.2H9"/>""",
        "up" => """<path d="m6 14.6 6-6 6 6"/>""",
        "warning" => """<path d="M10.4 4.6a1.85 1.85 0 0 1 3.2 0l7.2 12.8a1.8 1.8 0 0 1-1.6 2.7H4.8a1.8 1.8 0 0 1-1.6-2.7z"/><path d="M12 9.4v4.4M12 16.7h.01"/>""",
        _ => throw new ArgumentException($"There is no icon \"{name}\".", nameof(name)),
    };
}
