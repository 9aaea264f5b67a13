using System.Security.Claims;

namespace NotifyDashboard.Hub;

/// <summary>Somebody notifications are for, as a token says.</summary>
/// <param name="Id">The token's <c>sub</c> (RFC 7519, 4.1.2).</param>
/// <param name="InboxTopics">The exact topics of the inbox, at most <see cref="MaxInboxTopics"/>: <c>broadcast</c>, <c>users/{sub}</c> and what the token adds.</param>
public sealed record Recipient(string Id, IReadOnlyList<string> InboxTopics)
{
    /// <summary>Topics of one inbox.</summary>
    public const int MaxInboxTopics = 50;

    /// <summary>The topic of a recipient's own: <c>users/{sub}</c>, with <c>%</c> and <c>/</c> percent-encoded, so that no <c>sub</c> names another's.</summary>
    public static string TopicOf(string subject) => "users/" + subject.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);

    /// <summary>What their own pages know them by: stable, the same in every tab and on every device, and not the id.</summary>
    public string Handle { get; init; } = "";

    /// <summary>The topic that is theirs alone, <c>users/{sub}</c>; one of the inbox's.</summary>
    public string OwnTopic { get; init; } = "";

    /// <summary>Private notifications of these topics may be seen: <c>users/{sub}</c>, what the token adds to the inbox, and what it grants besides. Not <c>broadcast</c> by itself.</summary>
    public TopicFilter Granted { get; init; } = TopicFilter.Nothing;

    /// <summary>Whether anybody can get such a token, as the demo's: what it says is no more than an anonymous request's.</summary>
    public bool IsPublicAccess { get; init; }

    /// <summary>From then on the token does not count, and what was opened with it ends.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;
}

/// <summary>Which recipient stands behind a request.</summary>
public interface IRecipients
{
    /// <returns>Null where it is none: nobody, an operator, a key.</returns>
    Recipient? Of(ClaimsPrincipal user);
}
