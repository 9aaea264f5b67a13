using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>
/// Tokens of the demo's personas: an issuer and a key of their own, good only while the demo is on, and on the demo's topics alone
/// whatever they claim. Nobody's token is needed to get one.
/// </summary>
internal sealed class DemoTokens(IConfiguration configuration, ISecretStore secrets, TimeProvider time)
{
    public const string Issuer = "notifydashboard-demo";
    public const string Audience = "notifydashboard-demo";

    /// <summary>With what the ids and topics of personas begin; no other token may have such a <c>sub</c>.</summary>
    public const string Prefix = "demo/";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly string[] Fired = [Prefix + "bell", Prefix + "messages", Prefix + "people"];

    private static readonly string[] Prefixes = [Prefix, "demo-"];

    private readonly Lazy<TokenKey> _key = new(() => TokenKey.OfSecret(null, secrets.Read(ISecretStore.Demo)));

    public static bool IsPersona(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The one key, for its one algorithm, while the demo is on.</summary>
    public IReadOnlyList<TokenKey> Keys(string algorithm) => DemoLink.IsOn(configuration) && algorithm == SecurityAlgorithms.HmacSha256 ? [_key.Value] : [];

    /// <summary>A token of a persona, whose inbox has what the demo's buttons fire.</summary>
    public string Create(string persona) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        Expires = (time.GetUtcNow() + Lifetime).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = Prefix + persona, ["inbox"] = Fired },
        SigningCredentials = new(_key.Value.Key, SecurityAlgorithms.HmacSha256),
    });

    /// <summary>The recipient, with what is the demo's of what the token claims.</summary>
    public static Recipient Limit(TokenClaims claims)
    {
        if (!IsPersona(claims.Subject) || !Topic.IsValid(claims.Subject)) throw new BadTokenException("it is the demo's, but not its sub");
        string[] inbox = [.. claims.Inbox.Where(IsDemo)];
        return new Recipient(claims.Subject, RecipientTokens.InboxOf(claims.Subject, inbox))
        {
            OwnTopic = claims.Subject,
            IsForAnyone = true,
            Granted = new([claims.Subject, .. inbox, .. claims.Topics.Where(IsDemo)], claims.Patterns.Where(pattern => IsDemo(pattern.Prefix))),
        };
    }

    private static bool IsDemo(string topic) => Prefixes.Any(prefix => topic.StartsWith(prefix, StringComparison.Ordinal));
}
