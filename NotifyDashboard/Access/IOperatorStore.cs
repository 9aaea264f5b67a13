namespace NotifyDashboard.Access;

/// <summary>The store of operators. A change and its audit entry are one transaction; a change that does not happen adds no entry.</summary>
internal interface IOperatorStore
{
    Task<bool> AnyAsync(CancellationToken cancellation);

    /// <summary>Finds an operator by name, compared by <see cref="OperatorName.Key"/> (which ignores case).</summary>
    Task<Operator?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>All operators, by name.</summary>
    Task<IReadOnlyList<OperatorSummary>> ListAsync(CancellationToken cancellation);

    /// <summary>Adds the first operator and the first key in one transaction.</summary>
    /// <returns>Null when there is already an operator; nothing changes then.</returns>
    Task<Operator?> AddFirstAsync(NewOperator first, NewApiKey key, AuditEntry audit);

    /// <returns>False when the name is taken; nothing changes then.</returns>
    Task<bool> AddAsync(NewOperator added, AuditEntry audit);

    /// <summary>Changes the role, and ends the operator's sessions.</summary>
    /// <returns>False when no enabled admin would remain; nothing changes then.</returns>
    Task<bool> ChangeRoleAsync(long id, string role, AuditEntry audit);

    /// <summary>Disables the account, and ends the operator's sessions.</summary>
    /// <returns>False when no enabled admin would remain, or the account is already disabled; nothing changes then.</returns>
    Task<bool> DisableAsync(long id, AuditEntry audit);

    Task EnableAsync(long id, AuditEntry audit);

    /// <summary>Changes the password, and ends the operator's sessions.</summary>
    /// <param name="old">The stored hash against which the old password was verified.</param>
    /// <returns>False when the stored hash has changed since, or the operator is disabled; nothing changes then.</returns>
    Task<bool> ChangePasswordAsync(long id, string old, string passwordHash, AuditEntry audit);
}
