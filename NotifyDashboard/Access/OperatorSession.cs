namespace NotifyDashboard.Access;

/// <summary>An operator's sign-in in one browser. The cookie contains its id, and is valid while the session is in the store.</summary>
/// <param name="Id">128 random bits.</param>
/// <param name="SeenAt">Last use, recorded at most once per <see cref="OperatorSessions.SeenEvery"/>.</param>
/// <param name="Address">The address of the last use.</param>
internal sealed record OperatorSession(string Id, long OperatorId, DateTimeOffset SeenAt, string? Address, string? UserAgent);

/// <summary>A change was refused because the session that requested it has ended. Nothing was changed.</summary>
internal sealed class SessionEndedException() : Exception("The session has ended.");

/// <summary>The store of operators' sessions. A change that ends an operator's rights also ends the sessions, in one transaction (<see cref="IOperatorStore"/>).</summary>
internal interface IOperatorSessionStore
{
    /// <summary>
    /// Adds the session of an operator who gave the right password. Deletes sessions that were not used for the lifetime of a cookie, and the
    /// operator's least recently used ones, so that at most 100 remain.
    /// </summary>
    /// <param name="signedIn">The operator as read before the password was verified.</param>
    /// <param name="previous">The previous session of this browser, which ends.</param>
    /// <returns>False when the operator's role or password has changed since, or the operator is disabled; nothing changes then.</returns>
    Task<bool> AddAsync(OperatorSession session, Operator signedIn, string? previous, AuditEntry audit);

    Task<OperatorSession?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>All sessions of an operator, most recently used first.</summary>
    Task<IReadOnlyList<OperatorSession>> ListAsync(long operatorId, CancellationToken cancellation);

    /// <param name="address">Null: unknown; the stored address stays.</param>
    Task RecordUseAsync(string id, string? address);

    /// <returns>False when the operator has no such session.</returns>
    Task<bool> EndAsync(string id, long operatorId, AuditEntry audit);

    /// <summary>Ends all sessions of an operator, and the unused one-time links that the operator created.</summary>
    Task EndAllAsync(long operatorId, AuditEntry audit);
}
