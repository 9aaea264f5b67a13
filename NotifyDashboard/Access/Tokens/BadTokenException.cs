namespace NotifyDashboard.Access.Tokens;

/// <summary>A token does not count. Why is for the hub's log; whoever sent it learns nothing.</summary>
internal sealed class BadTokenException(string reason) : Exception(reason);
