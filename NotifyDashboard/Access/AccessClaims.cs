namespace NotifyDashboard.Access;

/// <summary>Claim types of the hub's own.</summary>
internal static class AccessClaims
{
    public const string Action = "action";
    public const string Kind = "kind";
    public const string Session = "session";
    public const string TopicPattern = "topic";
}
