using Microsoft.Extensions.Options;

namespace NotifyDashboard.Publishing;

/// <summary>Limits of publishing over HTTP. Configuration section <c>Publishing</c>.</summary>
public sealed class PublishingOptions
{
    public const string Section = "Publishing";

    /// <summary>Most publishes of one key or operator in a minute; a further one gets 429. 0 is no limit.</summary>
    public int PerMinute { get; set; }
}

internal sealed class PublishingOptionsValidator : IValidateOptions<PublishingOptions>
{
    public ValidateOptionsResult Validate(string? name, PublishingOptions options) =>
        options.PerMinute < 0 ? ValidateOptionsResult.Fail($"{PublishingOptions.Section}:PerMinute must be 0 (no limit) or more.") : ValidateOptionsResult.Success;
}
