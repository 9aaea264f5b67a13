using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access.Tokens;

/// <summary>The keys that may have signed a token: those of the configuration and those that the issuer publishes.</summary>
internal sealed class TokenKeys(IOptions<AccessOptions> options, RemoteKeys remote)
{
    private readonly TokenKey[] _configured = [.. options.Value.Tokens.Keys.Select(TokenKey.Of)];

    /// <summary>Whether any token can count.</summary>
    public bool Any => _configured.Length > 0 || options.Value.Tokens.JwksUrl is not null;

    /// <summary>The key that signs tokens for trying out; null where the hub has only public ones.</summary>
    public TokenKey? Signing => _configured.FirstOrDefault(key => key.Algorithm == Microsoft.IdentityModel.Tokens.SecurityAlgorithms.HmacSha256);

    /// <param name="id">The token's <c>kid</c>.</param>
    public async ValueTask<IReadOnlyList<TokenKey>> FindAsync(string algorithm, string? id, CancellationToken cancellation)
    {
        var configured = Choose(_configured, algorithm, id);
        return id is not null && configured is [{ Id: not null }] ? configured : [.. configured, .. await remote.FindAsync(algorithm, id, cancellation)];
    }

    /// <summary>Those of the algorithm: the one that is named, or else those without a name of their own; all of them where the token names none.</summary>
    public static IReadOnlyList<TokenKey> Choose(IReadOnlyList<TokenKey> keys, string algorithm, string? id)
    {
        TokenKey[] fitting = [.. keys.Where(key => key.Algorithm == algorithm)];
        if (id is null) return fitting;
        return fitting.FirstOrDefault(key => key.Id == id) is { } named ? [named] : [.. fitting.Where(key => key.Id is null)];
    }
}
