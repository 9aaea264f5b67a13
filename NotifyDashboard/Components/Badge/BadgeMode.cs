namespace NotifyDashboard.Components.Badge;

/// <summary>Which of a recipient's two numbers a badge shows.</summary>
public enum BadgeMode
{
    /// <summary>Notifications that arrived since the list was opened.</summary>
    Unseen,

    /// <summary>Notifications that were not opened themselves.</summary>
    Unread,
}
