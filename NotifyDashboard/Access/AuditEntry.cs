using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>An action to record in the audit: a change of access, or what an operator did with a notification.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Actor">The actor and the address: an operator, a key, or one of <see cref="AuditActors"/>.</param>
/// <param name="Target">The object of the action: a name, or a notification's id.</param>
/// <param name="Detail">Details of the action; never a secret, and never the content of a notification.</param>
internal sealed record AuditEntry(string Action, Actor Actor, string? Target = null, string? Detail = null);

/// <summary>An entry of the audit, with its number and time.</summary>
internal sealed record AuditRow(long Id, DateTimeOffset At, AuditEntry Entry);

/// <summary>Filters of a query on the audit, newest first. A null filter matches all entries.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Who">A substring of the actor's or the target's name; the case of ASCII letters is ignored.</param>
/// <param name="From">The earliest time, inclusive.</param>
/// <param name="To">The latest time, exclusive.</param>
/// <param name="Before">Only entries before the one with this number, for paging.</param>
internal sealed record AuditQuery(string? Action = null, string? Who = null, DateTimeOffset? From = null, DateTimeOffset? To = null, long? Before = null, int Limit = 50);

/// <summary>The audit: entries are added in the transaction of the change that they record, and never changed.</summary>
internal interface IAuditLog
{
    /// <summary>Adds an entry that belongs to no other change, such as a refused sign-in.</summary>
    Task AddAsync(AuditEntry entry);

    Task<IReadOnlyList<AuditRow>> ReadAsync(AuditQuery query, CancellationToken cancellation);
}

/// <summary>The actors of entries without a signed-in operator.</summary>
internal static class AuditActors
{
    public static Actor Configuration { get; } = new("configuration", "configuration");

    /// <summary>The user of the link that the first start prints.</summary>
    public static Actor SetUpLink(string? address) => new("set-up link", address);

    public static Actor Nobody(string? address) => new("nobody", address);

    /// <summary>The operator whose scheduled notification was published.</summary>
    public static Actor Schedule(string name) => new(name, "schedule");
}

/// <summary>The actions of the audit.</summary>
internal static class AuditActions
{
    public const string
        SetUp = "set-up", Bootstrap = "bootstrap", SignedIn = "signed-in", SignInRefused = "sign-in-refused", SlowedDown = "slowed-down", SignedOut = "signed-out",
        Invited = "invited", InvitationRevoked = "invitation-revoked", Joined = "joined", RoleChanged = "role-changed", Disabled = "disabled", Enabled = "enabled",
        SignedOutEverywhere = "signed-out-everywhere", SignedOutElsewhere = "signed-out-elsewhere", PasswordChanged = "password-changed", ResetLinkMade = "reset-link-made", PasswordReset = "password-reset",
        KeyCreated = "key-created", KeyRevoked = "key-revoked", KeyUsed = "key-used",
        Fired = "fired", Changed = "changed", Retracted = "retracted", Scheduled = "scheduled", Moved = "moved", Cancelled = "cancelled", RecipientExported = "recipient-exported", RecipientErased = "recipient-erased";

    /// <summary>Whether the target of the action is a notification's id.</summary>
    public static bool IsOfNotification(string action) => action is Fired or Changed or Retracted;

    /// <summary>The text of each action on the pages.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        [Fired] = "Fired",
        [Changed] = "Changed",
        [Retracted] = "Retracted",
        [Scheduled] = "Scheduled",
        [Moved] = "Moved in the schedule",
        [Cancelled] = "Cancelled in the schedule",
        [SignedIn] = "Signed in",
        [SignInRefused] = "Sign-in refused",
        [SlowedDown] = "Sign-in slowed down",
        [SignedOut] = "Signed out",
        [Invited] = "Invited",
        [InvitationRevoked] = "Invitation taken back",
        [Joined] = "Joined",
        [RoleChanged] = "Role changed",
        [Disabled] = "Disabled",
        [Enabled] = "Enabled",
        [SignedOutEverywhere] = "Signed out everywhere",
        [SignedOutElsewhere] = "Signed out another browser",
        [PasswordChanged] = "Password changed",
        [ResetLinkMade] = "Reset link made",
        [PasswordReset] = "Password reset",
        [KeyCreated] = "Key created",
        [KeyRevoked] = "Key revoked",
        [KeyUsed] = "Key used in this hour",
        [RecipientExported] = "Recipient's data handed over",
        [RecipientErased] = "Recipient's data erased",
        [SetUp] = "Set up",
        [Bootstrap] = "Made by configuration",
    };
}
