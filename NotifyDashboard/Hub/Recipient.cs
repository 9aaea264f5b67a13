using System.Security.Claims;

namespace NotifyDashboard.Hub;

/// <summary>The recipient of notifications, as named by a token.</summary>
/// <param name="Id">The token's <c>sub</c> (RFC 7519, 4.1.2).</param>
/// <param name="InboxTopics">The exact topics of the inbox, at most <see cref="MaxInboxTopics"/>: <c>broadcast</c>, <c>users/{sub}</c> and what the token adds.</param>
public sealed record Recipient(string Id, IReadOnlyList<string> InboxTopics)
{
    /// <summary>Topics of one inbox.</summary>
    public const int MaxInboxTopics = 50;

    /// <summary>The recipient's own topic: <c>users/{sub}</c>, with <c>%</c> and <c>/</c> percent-encoded, so that the topics of different recipients never overlap.</summary>
    public static string TopicOf(string subject) => "users/" + subject.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);

    /// <summary>Identifies the recipient to their own pages: stable, the same in every tab and on every device, and not the id.</summary>
    public string Handle { get; init; } = "";

    /// <summary>The recipient's own topic, <c>users/{sub}</c>; one of <see cref="InboxTopics"/>.</summary>
    public string OwnTopic { get; init; } = "";

    /// <summary>Topics whose private notifications the recipient may see: <c>users/{sub}</c>, the topics that the token adds to the inbox, and those that it grants in addition. <c>broadcast</c> is not among them by default.</summary>
    public TopicFilter Granted { get; init; } = TopicFilter.Nothing;

    /// <summary>Whether anyone can obtain such a token (the demo's).</summary>
    public bool IsPublicAccess { get; init; }

    /// <summary>When the token expires; streams opened with it end then.</summary>
    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;
}

/// <summary>Finds the recipient of a request.</summary>
public interface IRecipients
{
    /// <returns>Null if the user is anonymous, an operator or a key.</returns>
    Recipient? Of(ClaimsPrincipal user);
}
