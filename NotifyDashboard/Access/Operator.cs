namespace NotifyDashboard.Access;

/// <summary>Somebody who signs in.</summary>
public sealed record Operator(long Id, string Name, string Role, string PasswordHash, bool IsDisabled);

/// <summary>An operator to be made.</summary>
public sealed record NewOperator(string Name, string Role, string PasswordHash);

/// <summary>An operator as the list of them shows it.</summary>
/// <param name="LastSignedInAt">Null: not yet.</param>
/// <param name="DisabledAt">Null: may sign in.</param>
public sealed record OperatorSummary(long Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? LastSignedInAt, DateTimeOffset? DisabledAt);

/// <summary>What an operator may do: a viewer reads, a sender also fires, an admin also decides who else may.</summary>
public static class Roles
{
    public const string Viewer = "viewer";
    public const string Sender = "sender";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Sender, Admin];

    /// <summary>What a role may do, in one line.</summary>
    public static string Words(string role) => role switch
    {
        Admin => "can view history, fire, and manage access",
        Sender => "can view history and fire",
        _ => "can view history",
    };
}
