using Microsoft.Extensions.Options;

namespace NotifyDashboard.Inbox;

/// <summary>Inboxes of recipients. Configuration section <c>Inbox</c>.</summary>
public sealed class InboxOptions
{
    public const string Section = "Inbox";

    /// <summary>
    /// How many days of what was published on a shared topic are unread to whoever comes for the first time; what is older is read.
    /// 0: only what comes from then on. A recipient's own topic is unread from its beginning.
    /// </summary>
    public int StartDaysBack { get; set; }
}

internal sealed class InboxOptionsValidator : IValidateOptions<InboxOptions>
{
    public ValidateOptionsResult Validate(string? name, InboxOptions options) =>
        options.StartDaysBack is < 0 or > 3_660 ? ValidateOptionsResult.Fail($"{InboxOptions.Section}:StartDaysBack must be 0 to 3660.") : ValidateOptionsResult.Success;
}
