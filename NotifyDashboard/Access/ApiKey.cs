using System.Net;

namespace NotifyDashboard.Access;

/// <summary>A stored API key: its actions and topic patterns, never its text.</summary>
public sealed record ApiKey(long Id, string Name, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns);

/// <summary>A key to be stored. <paramref name="Hash"/> is the SHA-256 of its text, <paramref name="Origin"/> one of <see cref="ApiKeyOrigins"/>, <paramref name="CreatedBy"/> the name of its creator.</summary>
public sealed record NewApiKey(string Name, byte[] Hash, string Origin, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns, string? CreatedBy = null);

/// <summary>A key as the list of keys shows it.</summary>
/// <param name="Origin">One of <see cref="ApiKeyOrigins"/>.</param>
/// <param name="CreatedBy">The name of its creator; null for the keys of the set-up and the bootstrap.</param>
/// <param name="LastUsedAt">Updated once a minute; null: never used.</param>
/// <param name="RevokedAt">Null: the key is valid.</param>
internal sealed record ApiKeySummary(
    long Id, string Name, string Origin, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns, string? CreatedBy,
    DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>The last use of a key: when, and from which address.</summary>
internal sealed record ApiKeyUse(ApiKey Key, DateTimeOffset At, IPAddress? Address);

/// <summary>Where a key comes from.</summary>
public static class ApiKeyOrigins
{
    public const string SetUp = "set-up";
    public const string Bootstrap = "bootstrap";
    public const string Operator = "operator";
}

/// <summary>The actions that a key can allow.</summary>
public static class Actions
{
    public const string Publish = "publish";
    public const string Read = "read";
    public const string Manage = "manage";

    public static IReadOnlyList<string> All { get; } = [Publish, Read, Manage];

    /// <summary>A description of an action for the pages.</summary>
    public static string Words(string action) => action switch
    {
        Publish => "fires notifications",
        Read => "reads what was fired",
        _ => "changes what was fired",
    };
}
