using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access.Tokens;

/// <summary>Authenticates requests by a recipient's token, in the header or in the cookie.</summary>
internal sealed class TokenAuthenticationHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, RecipientTokens tokens)
    : CredentialHandler(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var text = Scheme.Name == Schemes.Token ? Credentials.Bearer(Request) : Credentials.RecipientCookie(Context);
        if (text is null || await tokens.ReadAsync(text, Context.RequestAborted) is not { } recipient) return AuthenticateResult.Fail("Not a token that counts.");
        return AuthenticateResult.Success(new(new(new RecipientIdentity(recipient, Scheme.Name)), Scheme.Name));
    }
}
