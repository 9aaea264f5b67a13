using Microsoft.Extensions.Options;

namespace NotifyDashboard.Publishing;

/// <summary>Limits of publishing over HTTP. Configuration section <c>Publishing</c>.</summary>
public sealed class PublishingOptions
{
    public const string Section = "Publishing";

    /// <summary>Maximum number of notifications that one key or operator may publish in a minute; beyond it a request gets 429. 0 (default): no limit.</summary>
    public int PerMinute { get; set; }
}

internal sealed class PublishingOptionsValidator : IValidateOptions<PublishingOptions>
{
    public ValidateOptionsResult Validate(string? name, PublishingOptions options) =>
        options.PerMinute < 0 ? ValidateOptionsResult.Fail($"{PublishingOptions.Section}:PerMinute must be 0 (no limit) or more.") : ValidateOptionsResult.Success;
}
