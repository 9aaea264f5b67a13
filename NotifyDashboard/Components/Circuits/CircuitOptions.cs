using Microsoft.Extensions.Options;

namespace NotifyDashboard.Components.Circuits;

/// <summary>How many circuits people without an account may have; each costs up to 7 MiB. Configuration section <c>Circuits</c>.</summary>
public sealed class CircuitOptions
{
    public const string Section = "Circuits";

    /// <summary>Whether people without an account get any. Not a setting: a page for them needs it, and says so when it is added.</summary>
    public bool AllowsAnonymous { get; internal set; }

    /// <summary>Most at once of people without an account; a further one gets 503. 0: so many that they take an eighth of the memory. -1: no limit.</summary>
    public int MaxAnonymous { get; set; }

    /// <summary>Most of one address at once; a further one gets 429. 0: half of <see cref="MaxAnonymous"/>. -1: no limit.</summary>
    public int MaxAnonymousPerAddress { get; set; }
}

internal sealed class CircuitOptionsValidator : IValidateOptions<CircuitOptions>
{
    public ValidateOptionsResult Validate(string? name, CircuitOptions options) =>
        options.MaxAnonymous < -1 ? Fail("MaxAnonymous", "0 (derived from the memory), -1 (no limit) or more")
        : options.MaxAnonymousPerAddress < -1 ? Fail("MaxAnonymousPerAddress", "0 (half of Circuits:MaxAnonymous), -1 (no limit) or more")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Fail(string key, string range) => ValidateOptionsResult.Fail($"{CircuitOptions.Section}:{key} must be {range}.");
}
