namespace NotifyDashboard.Access;

/// <summary>An operator's sign-in in one browser. The cookie names it, and counts while it is in the store.</summary>
/// <param name="Id">128 random bits.</param>
/// <param name="SeenAt">At most <see cref="OperatorSessions.SeenEvery"/> old.</param>
/// <param name="Address">Where it was seen last.</param>
internal sealed record OperatorSession(string Id, long OperatorId, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, string? Address, string? UserAgent);

/// <summary>Where the sessions of operators are kept. What ends an operator's rights ends them too, in one transaction (<see cref="IOperatorStore"/>).</summary>
internal interface IOperatorSessionStore
{
    /// <summary>Begins a session for an operator whose password was right, and removes those that nobody has used for the lifetime of a cookie.</summary>
    /// <param name="signedIn">The operator as found before.</param>
    /// <param name="previous">The session that this browser had until now, which ends.</param>
    /// <returns>False when the operator was disabled, or got another role or password, meanwhile; nothing changes then.</returns>
    Task<bool> AddAsync(OperatorSession session, Operator signedIn, string? previous, AuditEntry audit);

    Task<OperatorSession?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>All of an operator, the last seen first.</summary>
    Task<IReadOnlyList<OperatorSession>> ListAsync(long operatorId, CancellationToken cancellation);

    /// <param name="address">Null: not known, and the one before stays.</param>
    Task NoteSeenAsync(string id, string? address);

    /// <returns>False when the operator has no such session.</returns>
    Task<bool> EndAsync(string id, long operatorId, AuditEntry audit);

    /// <summary>Ends all of an operator's sessions, and what could be done in them: the open links that the operator made.</summary>
    Task EndAllAsync(long operatorId, AuditEntry audit);
}
