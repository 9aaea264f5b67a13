using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>Something that was done about access, or by an operator with a notification.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Actor">Who did it, and from where: an operator, a key, or one of <see cref="AuditActors"/>.</param>
/// <param name="Target">To whom or what: a name, or a notification's id.</param>
/// <param name="Detail">What exactly; never a secret, and nothing that a notification says.</param>
internal sealed record AuditEntry(string Action, Actor Actor, string? Target = null, string? Detail = null);

/// <summary>An entry as it stands in the audit.</summary>
internal sealed record AuditRow(long Id, DateTimeOffset At, AuditEntry Entry);

/// <summary>What a reader of the audit asks for; newest first. Null asks for all.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Who">Part of the actor's or the target's name; ASCII letters in either case.</param>
/// <param name="From">Not before this.</param>
/// <param name="To">Before this.</param>
/// <param name="Before">Only entries older than the one with this number.</param>
internal sealed record AuditQuery(string? Action = null, string? Who = null, DateTimeOffset? From = null, DateTimeOffset? To = null, long? Before = null, int Limit = 50);

/// <summary>The record of who did what: entries are added, with the change that they record, and never changed.</summary>
internal interface IAuditLog
{
    /// <summary>Adds what changes nothing else, such as a refused sign-in.</summary>
    Task AddAsync(AuditEntry entry);

    Task<IReadOnlyList<AuditRow>> ReadAsync(AuditQuery query, CancellationToken cancellation);
}

/// <summary>Who acts where nobody is signed in.</summary>
internal static class AuditActors
{
    public static Actor Configuration { get; } = new("configuration", "configuration");

    /// <summary>Whoever has the link that the first start prints.</summary>
    public static Actor SetUpLink(string? address) => new("set-up link", address);

    public static Actor Nobody(string? address) => new("nobody", address);

    /// <summary>An operator whose notification the schedule fires.</summary>
    public static Actor Schedule(string name) => new(name, "schedule");
}

/// <summary>What is recorded, and its words.</summary>
internal static class AuditActions
{
    public const string
        SetUp = "set-up", Bootstrap = "bootstrap", SignedIn = "signed-in", SignInRefused = "sign-in-refused", SlowedDown = "slowed-down", SignedOut = "signed-out",
        Invited = "invited", InvitationRevoked = "invitation-revoked", Joined = "joined", RoleChanged = "role-changed", Disabled = "disabled", Enabled = "enabled",
        SignedOutEverywhere = "signed-out-everywhere", SignedOutElsewhere = "signed-out-elsewhere", PasswordChanged = "password-changed", ResetLinkMade = "reset-link-made", PasswordReset = "password-reset",
        KeyCreated = "key-created", KeyRevoked = "key-revoked", KeyUsed = "key-used",
        Fired = "fired", Changed = "changed", Retracted = "retracted", Scheduled = "scheduled", Moved = "moved", Cancelled = "cancelled", RecipientExported = "recipient-exported", RecipientErased = "recipient-erased";

    /// <summary>The target is a notification's id.</summary>
    public static bool IsOfNotification(string action) => action is Fired or Changed or Retracted;

    /// <summary>Each with the words that the page says.</summary>
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
