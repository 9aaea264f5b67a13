using System.Security.Claims;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>The identity of a request by a recipient.</summary>
internal sealed class RecipientIdentity(Recipient recipient, string scheme) : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "recipient-" + recipient.Handle)], scheme)
{
    public Recipient Recipient { get; } = recipient;
}

/// <inheritdoc/>
internal sealed class Recipients : IRecipients
{
    public Recipient? Of(ClaimsPrincipal user) => (user.Identity as RecipientIdentity)?.Recipient;
}
