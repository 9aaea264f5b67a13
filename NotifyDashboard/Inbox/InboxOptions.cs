using Microsoft.Extensions.Options;

namespace NotifyDashboard.Inbox;

/// <summary>Options of recipients' inboxes. Configuration section <c>Inbox</c>.</summary>
public sealed class InboxOptions
{
    public const string Section = "Inbox";

    /// <summary>
    /// For a new recipient, notifications on shared topics of the last so many days are unread; older ones are read. 0 (default): only notifications
    /// published from then on are unread. The recipient's own topic is always unread from its beginning. 0 to 3660.
    /// </summary>
    public int StartDaysBack { get; set; }
}

internal sealed class InboxOptionsValidator : IValidateOptions<InboxOptions>
{
    public ValidateOptionsResult Validate(string? name, InboxOptions options) =>
        options.StartDaysBack is < 0 or > 3_660 ? ValidateOptionsResult.Fail($"{InboxOptions.Section}:StartDaysBack must be 0 to 3660.") : ValidateOptionsResult.Success;
}
