using Microsoft.Extensions.Options;
using NotifyDashboard.Access;
using NotifyDashboard.Access.Tokens;

namespace NotifyDashboard.Demo;

/// <summary>Rejects the demo's issuer as the configured issuer, because anyone can get a token of the demo.</summary>
internal sealed class DemoIssuerValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options) => options.Tokens.Issuer == DemoTokens.IssuerName
        ? ValidateOptionsResult.Fail($"{TokenOptions.Section}:Issuer is \"{DemoTokens.IssuerName}\", which is the demo's own; give another.")
        : ValidateOptionsResult.Success;
}
