namespace NotifyDashboard.Access;

/// <summary>Types of our own claims.</summary>
internal static class AccessClaims
{
    public const string Action = "action";
    public const string Kind = "kind";
    public const string Stamp = "stamp";
    public const string TopicPattern = "topic";
}
