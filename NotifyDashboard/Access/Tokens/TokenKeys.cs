using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access.Tokens;

/// <summary>The keys that verify tokens: configured ones, and those that the issuer publishes.</summary>
internal sealed class TokenKeys(IOptions<AccessOptions> options, RemoteKeys remote)
{
    private readonly TokenKey[] _configured = [.. options.Value.Tokens.Keys.Select(TokenKey.Of)];

    /// <summary>Whether a key or a JWKS URL is configured.</summary>
    public bool Any => _configured.Length > 0 || options.Value.Tokens.JwksUrl is not null;

    /// <summary>The key that signs tokens for tests; null when the hub has only public keys.</summary>
    public TokenKey? Signing => _configured.FirstOrDefault(key => key.Algorithm == Microsoft.IdentityModel.Tokens.SecurityAlgorithms.HmacSha256);

    /// <param name="id">The token's <c>kid</c>.</param>
    public async ValueTask<IReadOnlyList<TokenKey>> FindAsync(string algorithm, string? id, CancellationToken cancellation)
    {
        var configured = Choose(_configured, algorithm, id);
        return id is not null && configured is [{ Id: not null }] ? configured : [.. configured, .. await remote.FindAsync(algorithm, id, cancellation)];
    }

    /// <summary>Filters keys by algorithm and <c>kid</c>: the key with the <c>kid</c>, else the keys without one. A token without a <c>kid</c> gets all keys of the algorithm.</summary>
    public static IReadOnlyList<TokenKey> Choose(IReadOnlyList<TokenKey> keys, string algorithm, string? id)
    {
        TokenKey[] fitting = [.. keys.Where(key => key.Algorithm == algorithm)];
        if (id is null) return fitting;
        return fitting.FirstOrDefault(key => key.Id == id) is { } named ? [named] : [.. fitting.Where(key => key.Id is null)];
    }
}
