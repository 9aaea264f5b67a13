using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>Validates recipients' tokens and reads the recipient (RFC 7519, with the rules of RFC 8725).</summary>
internal sealed class RecipientTokens(
    IOptions<AccessOptions> options, TokenKeys keys, IEnumerable<ITokenIssuer> issuers, ISecretStore secrets, TimeProvider time, ILogger<RecipientTokens> log)
{
    /// <summary>Maximum length of a token in characters; a longer one is refused unread.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>The tolerated difference between the clocks of the issuer and the hub.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>Without a configured maximum, the log warns about tokens that live longer than this.</summary>
    private static readonly TimeSpan LongLifetime = TimeSpan.FromHours(24);

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false };

    private readonly TokenOptions _options = options.Value.Tokens;
    private readonly LogThrottle _throttle = new(time);
    private readonly Lazy<byte[]> _handleKey = new(() => secrets.Read(ISecretStore.Recipient));

    /// <returns>Null when the token is invalid; the log has the reason.</returns>
    public async Task<Recipient?> ReadAsync(string text, CancellationToken cancellation)
    {
        try
        {
            var token = Parse(text);
            if (issuers.FirstOrDefault(issuer => issuer.Issuer == token.Issuer) is { } other)
            {
                var claimed = await ValidateAsync(token, other.Issuer, other.Audience, other.FindKeys(token.Alg));
                return Complete(other.RecipientOf(claimed), claimed, other.Issuer);
            }
            if (!keys.Any) throw new BadTokenException("neither Access:Tokens:Keys nor Access:Tokens:JwksUrl is set");
            var claims = await ValidateAsync(token, _options.Issuer!, _options.Audience, await keys.FindAsync(token.Alg, Text(token.Kid), cancellation));
            CheckLifetime(claims);
            return Complete(RecipientOf(claims), claims, _options.Issuer!);
        }
        catch (BadTokenException bad)
        {
            if (_throttle.IsTime(bad.Message)) AccessLog.TokenRefused(log, bad.Message);
            return null;
        }
    }

    private static JsonWebToken Parse(string text)
    {
        if (text.Length > MaxLength) throw new BadTokenException($"it has more than {MaxLength} characters");
        try
        {
            var token = new JsonWebToken(text);
            // The keys decide which algorithms are valid (TokenKey). This check only gives the log a better reason.
            if (token.Alg is not (SecurityAlgorithms.HmacSha256 or SecurityAlgorithms.RsaSha256 or SecurityAlgorithms.EcdsaSha256)) throw new BadTokenException("its alg is none of HS256, RS256 and ES256");
            // RFC 7515, 4.1.11: a critical header that is not understood makes the token invalid.
            return token.TryGetHeaderValue<object>("crit", out _) ? throw new BadTokenException("it has a crit header") : token;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException or System.Text.Json.JsonException)
        {
            throw new BadTokenException("it is no JSON Web Token");
        }
    }

    private async Task<TokenClaims> ValidateAsync(JsonWebToken token, string issuer, string audience, IReadOnlyList<TokenKey> candidates)
    {
        if (candidates.Count == 0) throw new BadTokenException("no key has its alg and kid");
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            IssuerSigningKeys = candidates.Select(key => key.Key),
            ValidAlgorithms = [token.Alg],
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            // Checked below, with the hub's own clock.
            ValidateLifetime = false,
        });
        if (!result.IsValid)
        {
            throw new BadTokenException(result.Exception switch
            {
                SecurityTokenInvalidIssuerException => "its iss is not Access:Tokens:Issuer",
                SecurityTokenInvalidAudienceException => "its aud is not Access:Tokens:Audience",
                _ => "no key has signed it",
            });
        }
        var claims = TokenClaims.Read(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var now = time.GetUtcNow();
        if (now >= claims.Expires + Skew) throw new BadTokenException("its exp is over");
        if (now < claims.NotBefore - Skew) throw new BadTokenException("its nbf is still to come");
        return claims;
    }

    private void CheckLifetime(TokenClaims claims)
    {
        var now = time.GetUtcNow();
        // An iat further in the future than Skew is ignored: it would make the lifetime seem shorter than it is.
        var lifetime = claims.Expires - (claims.IssuedAt is { } issued && issued <= now + Skew ? issued : now);
        if (lifetime > _options.MaxLifetime) throw new BadTokenException("it is good for longer than Access:Tokens:MaxLifetime");
        if (_options.MaxLifetime is null && lifetime > LongLifetime && _throttle.IsTime(nameof(AccessLog.TokenLivesLong))) AccessLog.TokenLivesLong(log, lifetime);
    }

    /// <summary>The recipient of a token of the configured issuer, without the handle and the expiry.</summary>
    /// <exception cref="BadTokenException">The <c>sub</c> makes no topic or is reserved, or the inbox has too many topics.</exception>
    public Recipient RecipientOf(TokenClaims claims)
    {
        var own = Recipient.TopicOf(claims.Subject);
        if (!Topic.IsValid(own)) throw new BadTokenException("its sub makes no topic");
        if (issuers.FirstOrDefault(issuer => claims.Subject.StartsWith(issuer.SubjectPrefix, StringComparison.Ordinal)) is { } other)
            throw new BadTokenException($"its sub begins with {other.SubjectPrefix}, which is reserved for the issuer {other.Issuer}");
        return new Recipient(claims.Subject, InboxOf(own, claims.Inbox)) { OwnTopic = own, Granted = new([own, .. claims.Inbox, .. claims.Topics], claims.Patterns) };
    }

    /// <summary>The topics of an inbox, each once: broadcast, the recipient's own topic, and further ones.</summary>
    /// <exception cref="BadTokenException">There are more than <see cref="Recipient.MaxInboxTopics"/>.</exception>
    public static string[] InboxOf(string own, IEnumerable<string> further)
    {
        string[] inbox = [.. new[] { Topic.Broadcast, own }.Union(further)];
        return inbox.Length <= Recipient.MaxInboxTopics ? inbox : throw new BadTokenException($"its inbox has more than {Recipient.MaxInboxTopics} topics, broadcast and its own counted");
    }

    // An HMAC with a secret key, so that a page cannot find the sub by trying values.
    private string Handle(string issuer, string subject) => Base64Url.EncodeToString(HMACSHA256.HashData(_handleKey.Value, Encoding.UTF8.GetBytes($"{issuer}\n{subject}")).AsSpan(0, 16));

    private Recipient Complete(Recipient recipient, TokenClaims claims, string issuer) => recipient with { Handle = Handle(issuer, claims.Subject), ExpiresAt = claims.Expires + Skew };

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
