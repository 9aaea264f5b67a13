namespace NotifyDashboard.Access;

/// <summary>Where operators are kept.</summary>
internal interface IOperatorStore
{
    Task<bool> AnyAsync(CancellationToken cancellation);

    /// <summary>By name, whatever its case.</summary>
    Task<Operator?> FindAsync(string name, CancellationToken cancellation);

    Task<Operator?> FindAsync(long id, CancellationToken cancellation);

    /// <summary>Makes the first operator and the first key together, or neither.</summary>
    /// <returns>Null when there is an operator already.</returns>
    Task<Operator?> AddFirstAsync(NewOperator first, NewApiKey key);

    /// <returns>False when the name is taken; nothing changes then.</returns>
    Task<bool> AddAsync(NewOperator added);

    /// <summary>Gives the operator another stamp, which ends all cookies that carry the old one.</summary>
    Task ReplaceStampAsync(long id, string stamp);
}
