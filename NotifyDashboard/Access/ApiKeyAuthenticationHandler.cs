using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>Decides every request with an <c>Authorization</c> header: a key that is known, or 401.</summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, ApiKeys keys, ApiKeyUses uses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        // Two headers name two identities: neither is taken.
        if (header.Count != 1 || !AuthenticationHeaderValue.TryParse(header, out var credentials)
            || !credentials.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || credentials.Parameter is not { } text)
            return AuthenticateResult.Fail("Not a bearer key.");
        if (await keys.FindAsync(text, Context.RequestAborted) is not { } key) return AuthenticateResult.Fail("Unknown or revoked key.");
        uses.Note(key.Id);
        return AuthenticateResult.Success(new(Principal(key), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => AccessProblems.UnauthorizedAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => AccessProblems.ForbiddenAsync(Context);

    private static ClaimsPrincipal Principal(ApiKey key) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, $"key-{key.Id}"),
            new(ClaimTypes.Name, key.Name),
            new(AccessClaims.Kind, nameof(PublisherKind.Key)),
            .. key.Actions.Select(action => new Claim(AccessClaims.Action, action)),
            .. key.TopicPatterns.Select(pattern => new Claim(AccessClaims.TopicPattern, pattern)),
        ], Schemes.ApiKey));
}
