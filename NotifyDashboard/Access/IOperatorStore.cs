namespace NotifyDashboard.Access;

/// <summary>Where operators are kept. Each change and its entry in the audit are one; an entry stands only for a change that happened.</summary>
internal interface IOperatorStore
{
    Task<bool> AnyAsync(CancellationToken cancellation);

    /// <summary>By name, whatever its case.</summary>
    Task<Operator?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<OperatorSummary>> ListAsync(CancellationToken cancellation);

    /// <summary>Makes the first operator and the first key together, or neither.</summary>
    /// <returns>Null when there is an operator already.</returns>
    Task<Operator?> AddFirstAsync(NewOperator first, NewApiKey key, AuditEntry audit);

    /// <returns>False when the name is taken; nothing changes then.</returns>
    Task<bool> AddAsync(NewOperator added, AuditEntry audit);

    /// <summary>Ends the operator's sessions too.</summary>
    /// <returns>False when it is the last admin that may sign in, and would be none any more; nothing changes then.</returns>
    Task<bool> ChangeRoleAsync(long id, string role, AuditEntry audit);

    /// <inheritdoc cref="ChangeRoleAsync"/>
    Task<bool> DisableAsync(long id, AuditEntry audit);

    Task EnableAsync(long id, AuditEntry audit);

    /// <summary>Ends the operator's sessions too.</summary>
    /// <param name="old">The hash with which the old password was compared.</param>
    /// <returns>False when it is another by now, or the operator is disabled; nothing changes then.</returns>
    Task<bool> ChangePasswordAsync(long id, string old, string passwordHash, AuditEntry audit);
}
