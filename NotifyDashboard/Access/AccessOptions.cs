using Microsoft.Extensions.Options;
using NotifyDashboard.Access.Tokens;

namespace NotifyDashboard.Access;

/// <summary>Authentication and authorization. Configuration section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>
    /// Origins of other sites (<c>https://shop.example</c>) whose pages may read the streams and the API, and whose writes with a cookie
    /// are accepted. An internationalised name may be Unicode or Punycode. Behind a TLS proxy that is not in <c>Proxy:Known</c>, add the hub's own
    /// public origin too. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    public BootstrapOptions Bootstrap { get; } = new();

    public TokenOptions Tokens { get; } = new();
}

/// <summary>Creates an operator and an API key from configuration at the start, without the set-up link. An existing operator is not changed.</summary>
public sealed class BootstrapOptions
{
    /// <summary>An admin with this name is created if no operator has the name. Requires <see cref="OperatorPassword"/>.</summary>
    public string? OperatorName { get; set; }

    /// <summary>Used only when the operator is created: an existing operator keeps the current password.</summary>
    public string? OperatorPassword { get; set; }

    /// <summary>A key with all rights, 32 to 256 visible ASCII characters without a dot. A new value replaces the key of an earlier start.</summary>
    public string? ApiKey { get; set; }
}

internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    private const int MinKeyLength = 32;
    private const string Bootstrap = "Access:Bootstrap:";

    public ValidateOptionsResult Validate(string? name, AccessOptions options) =>
        FindErrors(options).FirstOrDefault() is { } error ? ValidateOptionsResult.Fail(error) : ValidateOptionsResult.Success;

    private static IEnumerable<string> FindErrors(AccessOptions options)
    {
        for (var i = 0; i < options.AllowedOrigins.Count; i++)
        {
            if (Origins.Normalize(options.AllowedOrigins[i]) is null)
                yield return $"Access:AllowedOrigins:{i} is \"{options.AllowedOrigins[i]}\"; give an origin such as \"https://shop.example\", without a path.";
        }
        foreach (var error in options.Tokens.FindErrors()) yield return error;
        var bootstrap = options.Bootstrap;
        if (bootstrap.OperatorName is null && bootstrap.OperatorPassword is not null)
            yield return $"{Bootstrap}OperatorName is missing; {Bootstrap}OperatorPassword needs it.";
        if (bootstrap.OperatorName is not null)
        {
            if (Access.OperatorName.FindError(bootstrap.OperatorName, out _) is { } wrong) yield return $"{Bootstrap}OperatorName cannot be used: {wrong}";
            if (bootstrap.OperatorPassword is null) yield return $"{Bootstrap}OperatorPassword is missing; {Bootstrap}OperatorName needs it.";
            else if (PasswordRules.FindErrors(bootstrap.OperatorPassword, bootstrap.OperatorName) is [var weak, ..])
                yield return $"{Bootstrap}OperatorPassword cannot be used: {weak}";
        }
        if (bootstrap.ApiKey is { } key && !(key.Length is >= MinKeyLength and <= ApiKeyText.MaxLength && key.All(c => c is > ' ' and <= '~' and not '.')))
            yield return $"{Bootstrap}ApiKey must be {MinKeyLength} to {ApiKeyText.MaxLength} visible ASCII characters without a dot.";
    }
}
