namespace NotifyDashboard.Access;

/// <summary>A user of the dashboard, who signs in with name and password. <paramref name="Role"/> is one of <see cref="Roles"/>.</summary>
public sealed record Operator(long Id, string Name, string Role, string PasswordHash, bool IsDisabled);

/// <summary>An operator to be stored.</summary>
public sealed record NewOperator(string Name, string Role, string PasswordHash);

/// <summary>An operator as the list of operators shows it.</summary>
/// <param name="LastSignedInAt">Null: never.</param>
/// <param name="DisabledAt">Null: the account is enabled.</param>
public sealed record OperatorSummary(long Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? LastSignedInAt, DateTimeOffset? DisabledAt);

/// <summary>The roles of operators: a viewer reads, a sender also publishes, an admin also manages access.</summary>
public static class Roles
{
    public const string Viewer = "viewer";
    public const string Sender = "sender";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Sender, Admin];

    /// <summary>A description of a role for the pages.</summary>
    public static string Words(string role) => role switch
    {
        Admin => "can view history, fire, and manage access",
        Sender => "can view history and fire",
        _ => "can view history",
    };
}
