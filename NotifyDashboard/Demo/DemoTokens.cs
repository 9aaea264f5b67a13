using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Demo;

/// <summary>
/// Issues tokens of the demo's personas to anonymous callers. The tokens have their own issuer and key, are valid only while the demo is enabled,
/// and grant only topics of the demo, whatever they claim.
/// </summary>
internal sealed class DemoTokens(IConfiguration configuration, ISecretStore secrets, TimeProvider time) : ITokenIssuer
{
    /// <summary>The <c>iss</c> and the <c>aud</c> of the tokens.</summary>
    public const string IssuerName = "notifydashboard-demo";

    /// <summary>Prefix of the personas' ids. An id is also the persona's own topic.</summary>
    public const string Prefix = "demo/";

    /// <summary>The name of the key in the database.</summary>
    public const string Secret = "demo";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly string[] Inbox = [Prefix + "bell", Prefix + "messages", Prefix + "people"];

    private static readonly string[] TopicPrefixes = [Prefix, "demo-"];

    private readonly Lazy<TokenKey> _key = new(() => TokenKey.OfSecret(null, secrets.Read(Secret)));

    public string Issuer => IssuerName;

    public string Audience => IssuerName;

    public string SubjectPrefix => Prefix;

    public IReadOnlyList<TokenKey> FindKeys(string algorithm) => DemoSetup.IsEnabled(configuration) && algorithm == SecurityAlgorithms.HmacSha256 ? [_key.Value] : [];

    /// <summary>Creates a token of a persona. The inbox contains the topics of the demo's buttons.</summary>
    public string Create(string persona) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        Expires = (time.GetUtcNow() + Lifetime).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = Prefix + persona, ["inbox"] = Inbox },
        SigningCredentials = new(_key.Value.Key, SecurityAlgorithms.HmacSha256),
    });

    public Recipient RecipientOf(TokenClaims claims)
    {
        if (!claims.Subject.StartsWith(Prefix, StringComparison.Ordinal) || !Topic.IsValid(claims.Subject)) throw new BadTokenException("it is the demo's, but not its sub");
        string[] inbox = [.. claims.Inbox.Where(IsDemo)];
        return new Recipient(claims.Subject, RecipientTokens.InboxOf(claims.Subject, inbox))
        {
            OwnTopic = claims.Subject,
            IsPublicAccess = true,
            Granted = new([claims.Subject, .. inbox, .. claims.Topics.Where(IsDemo)], claims.Patterns.Where(pattern => IsDemo(pattern.Prefix))),
        };
    }

    private static bool IsDemo(string topic) => TopicPrefixes.Any(prefix => topic.StartsWith(prefix, StringComparison.Ordinal));
}
