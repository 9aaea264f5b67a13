namespace NotifyDashboard.Access;

/// <summary>An operator's sign-in in one browser. The cookie names it, and counts while it is in the store.</summary>
/// <param name="Id">128 random bits.</param>
/// <param name="SeenAt">Last use, recorded at most once per <see cref="OperatorSessions.SeenEvery"/>.</param>
/// <param name="Address">Of the last use.</param>
internal sealed record OperatorSession(string Id, long OperatorId, DateTimeOffset SeenAt, string? Address, string? UserAgent);

/// <summary>Nothing was changed: the session in which the change was asked for has ended.</summary>
internal sealed class SessionEndedException() : Exception("The session has ended.");

/// <summary>Where the sessions of operators are kept. What ends an operator's rights ends them too, in one transaction (<see cref="IOperatorStore"/>).</summary>
internal interface IOperatorSessionStore
{
    /// <summary>
    /// Begins a session for an operator whose password was right. Deletes those that nobody has used for the lifetime of a cookie, and of the
    /// operator's own all but the hundred used last.
    /// </summary>
    /// <param name="signedIn">The operator as found before.</param>
    /// <param name="previous">The session that this browser had until now, which ends.</param>
    /// <returns>False when the operator was disabled, or got another role or password, meanwhile; nothing changes then.</returns>
    Task<bool> AddAsync(OperatorSession session, Operator signedIn, string? previous, AuditEntry audit);

    Task<OperatorSession?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>All of an operator, the last seen first.</summary>
    Task<IReadOnlyList<OperatorSession>> ListAsync(long operatorId, CancellationToken cancellation);

    /// <param name="address">Null: not known, and the one before stays.</param>
    Task RecordUseAsync(string id, string? address);

    /// <returns>False when the operator has no such session.</returns>
    Task<bool> EndAsync(string id, long operatorId, AuditEntry audit);

    /// <summary>Ends all of an operator's sessions, and what could be done in them: the open links that the operator made.</summary>
    Task EndAllAsync(long operatorId, AuditEntry audit);
}
