namespace NotifyDashboard.Access;

/// <summary>Somebody who signs in. <paramref name="Stamp"/> stands in every cookie; a new one ends them all.</summary>
public sealed record Operator(long Id, string Name, string Role, string PasswordHash, string Stamp);

/// <summary>An operator to be made.</summary>
public sealed record NewOperator(string Name, string Role, string PasswordHash, string Stamp);

/// <summary>What an operator may do: a viewer reads, a sender also fires, an admin also decides who else may.</summary>
public static class Roles
{
    public const string Viewer = "viewer";
    public const string Sender = "sender";
    public const string Admin = "admin";
}
