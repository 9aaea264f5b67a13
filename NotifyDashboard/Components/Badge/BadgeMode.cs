namespace NotifyDashboard.Components.Badge;

/// <summary>Which of a recipient's two numbers a badge shows.</summary>
public enum BadgeMode
{
    /// <summary>What came since the list was opened.</summary>
    Unseen,

    /// <summary>What was not opened itself.</summary>
    Unread,
}
