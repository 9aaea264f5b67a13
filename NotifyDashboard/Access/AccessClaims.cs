namespace NotifyDashboard.Access;

/// <summary>Types of our own claims.</summary>
internal static class AccessClaims
{
    public const string Action = "action";
    public const string Kind = "kind";
    public const string Session = "session";
    public const string TopicPattern = "topic";
}
