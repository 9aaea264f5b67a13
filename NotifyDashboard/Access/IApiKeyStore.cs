namespace NotifyDashboard.Access;

/// <summary>The store of API keys, which it identifies by the SHA-256 of their text.</summary>
internal interface IApiKeyStore
{
    /// <returns>Null when the key is unknown or revoked.</returns>
    Task<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellation);

    /// <summary>All keys: valid ones first, then by name.</summary>
    Task<IReadOnlyList<ApiKeySummary>> ListAsync(CancellationToken cancellation);

    Task AddAsync(NewApiKey key, AuditEntry audit);

    /// <summary>Makes <paramref name="key"/> the only key of the bootstrap configuration.</summary>
    /// <returns>False when a key with this hash already exists; a revoked key stays revoked.</returns>
    Task<bool> ReplaceBootstrapAsync(NewApiKey key, AuditEntry audit);

    /// <returns>False when there is no such key, or it was already revoked.</returns>
    Task<bool> RevokeAsync(long id, AuditEntry audit);

    /// <summary>Records the last use of keys, all in one transaction. The audit gets the first use of each key name in an hour.</summary>
    Task RecordUsesAsync(IReadOnlyCollection<ApiKeyUse> uses);
}
