namespace NotifyDashboard.Hub;

/// <summary>That a notification is over: nobody gets it any more, and it leaves open inboxes.</summary>
/// <param name="At">Since when.</param>
/// <param name="By">Who took it back, or published what replaced it; empty when its time was over.</param>
/// <param name="Reason">One of the constants here.</param>
public sealed record Retraction(DateTimeOffset At, string By, string Reason)
{
    /// <summary>Somebody took it back. Its content is deleted.</summary>
    public const string Retracted = "retracted";

    /// <summary>A newer one with the same collapse key replaced it. Its content is deleted.</summary>
    public const string Collapsed = "collapsed";

    /// <summary>Its time was over. The history keeps its content.</summary>
    public const string Expired = "expired";
}
