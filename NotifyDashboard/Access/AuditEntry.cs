namespace NotifyDashboard.Access;

/// <summary>Something that was done about access.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Actor">Who did it: an operator's name, or one of <see cref="AuditActors"/>.</param>
/// <param name="Target">To whom or what, by name.</param>
/// <param name="Detail">What exactly; never a secret.</param>
/// <param name="Address">From where, where a request says so.</param>
internal sealed record AuditEntry(string Action, string Actor, string? Target = null, string? Detail = null, string? Address = null);

/// <summary>An entry as it stands in the audit.</summary>
internal sealed record AuditRow(long Id, DateTimeOffset At, AuditEntry Entry);

/// <summary>What a reader of the audit asks for; newest first. Null asks for all.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Who">Part of the actor's or the target's name, whatever its case.</param>
/// <param name="From">Not before this.</param>
/// <param name="To">Before this.</param>
/// <param name="Before">Only entries older than the one with this number.</param>
internal sealed record AuditQuery(string? Action = null, string? Who = null, DateTimeOffset? From = null, DateTimeOffset? To = null, long? Before = null, int Limit = 50);

/// <summary>The record of who did what about access: entries are added, with the change that they record, and never changed.</summary>
internal interface IAuditLog
{
    /// <summary>Adds what changes nothing else, such as a refused sign-in.</summary>
    Task AddAsync(AuditEntry entry);

    Task<IReadOnlyList<AuditRow>> ReadAsync(AuditQuery query, CancellationToken cancellation);
}

/// <summary>Who acts where nobody is signed in.</summary>
internal static class AuditActors
{
    public const string SetUp = "set-up link", Configuration = "configuration", Command = "command line", Nobody = "nobody";
}

/// <summary>What is recorded, and its words.</summary>
internal static class AuditActions
{
    public const string
        SetUp = "set-up", Bootstrap = "bootstrap", SignedIn = "signed-in", SignInRefused = "sign-in-refused", SlowedDown = "slowed-down", SignedOut = "signed-out",
        Invited = "invited", InvitationRevoked = "invitation-revoked", Joined = "joined", RoleChanged = "role-changed", Disabled = "disabled", Enabled = "enabled",
        SignedOutEverywhere = "signed-out-everywhere", PasswordChanged = "password-changed", ResetLinkMade = "reset-link-made", PasswordReset = "password-reset",
        KeyCreated = "key-created", KeyRevoked = "key-revoked", RecipientExported = "recipient-exported", RecipientErased = "recipient-erased";

    /// <summary>Each with the words that the page says.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
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
        [PasswordChanged] = "Password changed",
        [ResetLinkMade] = "Reset link made",
        [PasswordReset] = "Password reset",
        [KeyCreated] = "Key created",
        [KeyRevoked] = "Key revoked",
        [RecipientExported] = "Recipient's data handed over",
        [RecipientErased] = "Recipient's data erased",
        [SetUp] = "Set up",
        [Bootstrap] = "Made by configuration",
    };
}
