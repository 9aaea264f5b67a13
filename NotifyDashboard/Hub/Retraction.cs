namespace NotifyDashboard.Hub;

/// <summary>How a notification ended: retracted, replaced by one with the same collapse key, or expired. Subscribers no longer receive it, and it leaves open inboxes.</summary>
/// <param name="At">When it ended.</param>
/// <param name="By">Who retracted it or published its replacement; empty if it expired.</param>
/// <param name="Reason">One of the constants here.</param>
public sealed record Retraction(DateTimeOffset At, string By, string Reason)
{
    /// <summary>It was retracted. Its content is deleted.</summary>
    public const string Retracted = "retracted";

    /// <summary>A newer notification with the same collapse key replaced it. Its content is deleted.</summary>
    public const string Collapsed = "collapsed";

    /// <summary>It expired. The history keeps its content.</summary>
    public const string Expired = "expired";
}
