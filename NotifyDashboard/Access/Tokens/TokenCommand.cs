using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NotifyDashboard.Access.Tokens;

/// <summary><c>NotifyDashboard token …</c>: creates a recipient's token for tests, as the embedding application would.</summary>
internal static class TokenCommand
{
    private const int MaxMinutes = 366 * 24 * 60;

    public static Command Create(IServiceProvider services)
    {
        var sub = CommandLine.RecipientOption();
        var topics = new Option<string[]>("--topic") { HelpName = "TOPIC", Description = "A topic whose private notifications it lets them see (users/NAME it does anyway). May be repeated." };
        var matches = new Option<string[]>("--match") { HelpName = "PATTERN", Description = "The same for a pattern of topics. May be repeated." };
        var inbox = new Option<string[]>("--inbox") { HelpName = "TOPIC", Description = "A further topic of their inbox. May be repeated." };
        var minutes = new Option<int>("--minutes") { HelpName = "MINUTES", Description = "For how long it is valid.", DefaultValueFactory = _ => 60, CustomParser = ReadMinutes };
        var command = new Command("token", "Prints a token for the recipient NAME, signed with the first secret of Access:Tokens:Keys.") { sub, topics, matches, inbox, minutes };
        command.SetAction((parsed, _) => MakeAsync(
            Claims(parsed.GetRequiredValue(sub), parsed.GetValue(topics) ?? [], parsed.GetValue(matches) ?? [], parsed.GetValue(inbox) ?? []),
            parsed.GetValue(minutes), services, parsed.InvocationConfiguration));
        return command;
    }

    private static async Task<int> MakeAsync(Dictionary<string, object> claims, int minutes, IServiceProvider services, InvocationConfiguration console)
    {
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
            Claims = claims,
            SigningCredentials = new(key.Key, key.Algorithm),
        });
        try
        {
            var recipient = services.GetRequiredService<RecipientTokens>().RecipientOf(TokenClaims.Read(Base64UrlEncoder.DecodeBytes(new JsonWebToken(token).EncodedPayload)));
            await console.Output.WriteLineAsync(token);
            await console.Error.WriteLineAsync($"For {recipient.Id}, for {minutes} minutes. The inbox: {string.Join(", ", recipient.InboxTopics)}.");
            return 0;
        }
        catch (BadTokenException bad)
        {
            return await FailAsync($"The server would refuse this token: {bad.Message}.");
        }

        async Task<int> FailAsync(string sentence)
        {
            await console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static int ReadMinutes(ArgumentResult given)
    {
        if (int.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= MaxMinutes) return minutes;
        given.AddError($"--minutes takes a whole number from 1 to {MaxMinutes}.");
        return 0;
    }

    private static Dictionary<string, object> Claims(string sub, string[] topics, string[] matches, string[] inbox)
    {
        var claims = new Dictionary<string, object> { ["sub"] = sub };
        if (inbox.Length > 0) claims["inbox"] = inbox;
        object[] granted = [.. topics, .. matches.Select(pattern => new Dictionary<string, object> { ["match"] = pattern })];
        if (granted.Length == 0) return claims;
        claims["authorization_details"] = new object[]
        {
            new Dictionary<string, object> { ["type"] = TokenClaims.DetailsType, ["actions"] = new[] { TokenClaims.Subscribe }, ["topics"] = granted },
        };
        return claims;
    }
}
