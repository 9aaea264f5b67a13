namespace NotifyDashboard.Access;

/// <summary>A key as it is kept: what it may do and on which topics (patterns), never its text.</summary>
public sealed record ApiKey(long Id, string Name, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns);

/// <summary>A key to be made. <paramref name="Origin"/> is one of <see cref="ApiKeyOrigins"/>.</summary>
public sealed record NewApiKey(string Name, byte[] Hash, string Origin, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns);

/// <summary>A key was used at a time.</summary>
public readonly record struct ApiKeyUse(long Id, DateTimeOffset At);

/// <summary>Who made a key.</summary>
public static class ApiKeyOrigins
{
    public const string SetUp = "set-up";
    public const string Bootstrap = "bootstrap";
    public const string Operator = "operator";
}

/// <summary>What a key may be allowed to do.</summary>
public static class Actions
{
    public const string Publish = "publish";
    public const string Read = "read";
    public const string Manage = "manage";

    public static IReadOnlyList<string> All { get; } = [Publish, Read, Manage];
}
