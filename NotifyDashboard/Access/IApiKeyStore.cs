namespace NotifyDashboard.Access;

/// <summary>Where API keys are kept, by the SHA-256 of their text.</summary>
internal interface IApiKeyStore
{
    /// <returns>Null when there is none, or it was revoked.</returns>
    Task<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellation);

    /// <summary>All of them, those that work first, then by name.</summary>
    Task<IReadOnlyList<ApiKeySummary>> ListAsync(CancellationToken cancellation);

    Task AddAsync(NewApiKey key, AuditEntry audit);

    /// <summary>Makes <paramref name="key"/> the only key of the bootstrap configuration.</summary>
    /// <returns>False when it was that already, or is known otherwise; a revoked one stays revoked.</returns>
    Task<bool> ReplaceBootstrapAsync(NewApiKey key, AuditEntry audit);

    /// <returns>False when there is no such key, or it was revoked before.</returns>
    Task<bool> RevokeAsync(long id, AuditEntry audit);

    /// <summary>Notes when keys were last used, all in one write; the audit gets the first use in an hour of each name.</summary>
    Task NoteUsesAsync(IReadOnlyCollection<ApiKeyUse> uses);
}
