using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>Authenticates requests by an API key in the header <c>Authorization</c>. An unknown or revoked key gets 401.</summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, ApiKeys keys, ApiKeyUses uses)
    : CredentialHandler(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Credentials.Bearer(Request) is not { } text) return AuthenticateResult.Fail("Not a bearer key.");
        if (await keys.FindAsync(text, Context.RequestAborted) is not { } key) return AuthenticateResult.Fail("Unknown or revoked key.");
        uses.Record(key, Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Success(new(Principal(key), Scheme.Name));
    }

    private static ClaimsPrincipal Principal(ApiKey key) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, ApiKeys.CallerId(key.Id)),
            new(ClaimTypes.Name, key.Name),
            new(AccessClaims.Kind, nameof(PublisherKind.Key)),
            .. key.Actions.Select(action => new Claim(AccessClaims.Action, action)),
            .. key.TopicPatterns.Select(pattern => new Claim(AccessClaims.TopicPattern, pattern)),
        ], Schemes.ApiKey));
}
