using System.Net;

namespace NotifyDashboard.Access;

/// <summary>A key as it is kept: what it may do and on which topics (patterns), never its text.</summary>
public sealed record ApiKey(long Id, string Name, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns);

/// <summary>A key to be made. <paramref name="Origin"/> is one of <see cref="ApiKeyOrigins"/>, <paramref name="CreatedBy"/> an operator's name.</summary>
public sealed record NewApiKey(string Name, byte[] Hash, string Origin, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns, string? CreatedBy = null);

/// <summary>A key as the list of them shows it.</summary>
/// <param name="Origin">One of <see cref="ApiKeyOrigins"/>.</param>
/// <param name="CreatedBy">An operator's name; null where no operator made it.</param>
/// <param name="LastUsedAt">At most a minute old; null: not yet.</param>
/// <param name="RevokedAt">Null: it works.</param>
internal sealed record ApiKeySummary(
    long Id, string Name, string Origin, IReadOnlyList<string> Actions, IReadOnlyList<string> TopicPatterns, string? CreatedBy,
    DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>A key was used at a time, from an address.</summary>
internal sealed record ApiKeyUse(ApiKey Key, DateTimeOffset At, IPAddress? Address);

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

    /// <summary>What an action is, in one line.</summary>
    public static string Words(string action) => action switch
    {
        Publish => "fires notifications",
        Read => "reads what was fired",
        _ => "changes what was fired",
    };
}
