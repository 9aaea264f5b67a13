using System.Security.Claims;

namespace NotifyDashboard.Hub;

/// <summary>Somebody notifications are for, as a token says.</summary>
/// <param name="Id">The token's <c>sub</c> (RFC 7519, 4.1.2).</param>
/// <param name="InboxTopics">The exact topics of the inbox, at most <see cref="MaxInboxTopics"/>: <c>broadcast</c>, <c>users/{sub}</c> and what the token adds.</param>
public sealed record Recipient(string Id, IReadOnlyList<string> InboxTopics)
{
    /// <summary>Topics of one inbox.</summary>
    public const int MaxInboxTopics = 50;
}

/// <summary>Which recipient stands behind a request.</summary>
public interface IRecipients
{
    /// <returns>Null where it is none: nobody, an operator, a key.</returns>
    Recipient? Of(ClaimsPrincipal user);
}
