namespace NotifyDashboard.Access.Tokens;

/// <summary>A token is invalid. The reason goes to the hub's log, not to the caller.</summary>
internal sealed class BadTokenException(string reason) : Exception(reason);
