using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NotifyDashboard.Access.Tokens;

/// <summary><c>NotifyDashboard token …</c>: makes a recipient's token for trying out, as the embedding application would.</summary>
internal static class TokenCommand
{
    private const string Usage =
        """
        Usage: NotifyDashboard token --sub NAME [--topic T]... [--match P]... [--inbox T]... [--minutes 60]
          Prints a token for the recipient NAME, signed with the first secret of Access:Tokens:Keys.
          --topic, --match  a topic or pattern whose private notifications it lets them see (users/NAME it does anyway)
          --inbox           a further topic of their inbox
        """;

    private static readonly string[] Names = ["--sub", "--topic", "--match", "--inbox", "--minutes", "--urls"];

    private const int MaxMinutes = 366 * 24 * 60;

    public static bool IsMeant(string[] args) => args is ["token", ..];

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        var given = Pairs(args).ToLookup(pair => pair.Name, pair => pair.Value);
        // What has a colon is configuration, as for the server.
        if (given.Any(pair => !Names.Contains(pair.Key) && !pair.Key.Contains(':', StringComparison.Ordinal)) || given["--sub"].LastOrDefault() is not { Length: > 0 } sub
            || !int.TryParse(given["--minutes"].LastOrDefault() ?? "60", NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 1 or > MaxMinutes)
            return await FailAsync(Usage);

        var options = services.GetRequiredService<IOptions<AccessOptions>>().Value.Tokens;
        if (services.GetRequiredService<TokenKeys>().Signing is not { } key)
        {
            return await FailAsync($"There is no secret to sign with: set {TokenOptions.Section}:Keys:0:Secret (Access__Tokens__Keys__0__Secret, made with: openssl rand -base64 32) and {TokenOptions.Section}:Issuer, "
                + "here and for the server. Where only public keys are set, the issuer alone can sign.");
        }
        if (TimeSpan.FromMinutes(minutes) > options.MaxLifetime) return await FailAsync($"The server would refuse this token: {minutes} minutes are longer than {TokenOptions.Section}:MaxLifetime, {options.MaxLifetime:c}.");
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = now.AddMinutes(minutes).UtcDateTime,
            Claims = Claims(sub, given),
            SigningCredentials = new(key.Key, key.Algorithm),
        });
        try
        {
            var recipient = RecipientTokens.RecipientOf(TokenClaims.Read(Base64UrlEncoder.DecodeBytes(new JsonWebToken(token).EncodedPayload)));
            await output.WriteLineAsync(token);
            await errors.WriteLineAsync($"For {recipient.Id}, for {minutes} minutes. The inbox: {string.Join(", ", recipient.InboxTopics)}.");
            return 0;
        }
        catch (BadTokenException bad)
        {
            return await FailAsync($"The server would refuse this token: {bad.Message}.");
        }

        async Task<int> FailAsync(string sentence)
        {
            await errors.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string[] args)
    {
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i].Split('=', 2) is [var name, var value]) yield return (name, value);
            else yield return (args[i], i + 1 < args.Length ? args[++i] : "");
        }
    }

    private static Dictionary<string, object> Claims(string sub, ILookup<string, string> given)
    {
        var claims = new Dictionary<string, object> { ["sub"] = sub };
        if (given["--inbox"].Any()) claims["inbox"] = given["--inbox"].ToArray();
        object[] topics = [.. given["--topic"], .. given["--match"].Select(pattern => new Dictionary<string, object> { ["match"] = pattern })];
        if (topics.Length == 0) return claims;
        claims["authorization_details"] = new object[]
        {
            new Dictionary<string, object> { ["type"] = TokenClaims.DetailsType, ["actions"] = new[] { TokenClaims.Subscribe }, ["topics"] = topics },
        };
        return claims;
    }
}
