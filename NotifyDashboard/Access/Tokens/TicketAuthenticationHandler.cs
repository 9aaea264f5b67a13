using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access.Tokens;

/// <summary>Authenticates a stream by its ticket, and uses the ticket. A HEAD request opens no stream, so it leaves the ticket unused.</summary>
internal sealed class TicketAuthenticationHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, StreamTickets tickets)
    : CredentialHandler(options, log, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Request.Query[Credentials.TicketParameter] is [{ } text] && (HttpMethods.IsHead(Request.Method) ? tickets.Find(text) : tickets.Take(text)) is { } recipient
            ? AuthenticateResult.Success(new(new(new RecipientIdentity(recipient, Scheme.Name)), Scheme.Name))
            : AuthenticateResult.Fail("Not a ticket that counts."));
}
