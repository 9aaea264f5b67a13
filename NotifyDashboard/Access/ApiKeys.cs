using System.Collections.Concurrent;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>
/// Finds API keys and caches each for <see cref="Trust"/>. A revocation on this node takes effect at once, on another node after at most
/// <see cref="Trust"/>. The cache holds at most <see cref="Capacity"/> keys, and no unknown ones.
/// </summary>
internal sealed class ApiKeys(IApiKeyStore store, TimeProvider time)
{
    public const int Capacity = 1_000;
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);

    private ConcurrentDictionary<string, Known> _known = new();

    /// <summary>Raised with the <see cref="CallerIds.CallerId"/> of a key that was revoked on this node. Handlers must not block.</summary>
    public event Action<string>? Revoked;

    /// <summary>The <see cref="CallerIds.CallerId"/> of a key.</summary>
    public static string CallerId(long id) => $"key-{id}";

    /// <returns>Null when the key is unknown or revoked.</returns>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancellation)
    {
        if (text.Length is 0 or > ApiKeyText.MaxLength) return null;
        var hash = ApiKeyText.Hash(text);
        var name = Convert.ToHexString(hash);
        // Read the field once: a key that was read before a revocation must not get into the new dictionary that the revocation creates.
        var known = Volatile.Read(ref _known);
        var now = time.GetUtcNow();
        if (known.TryGetValue(name, out var entry) && now < entry.Until) return entry.Key;
        if (await store.FindAsync(hash, cancellation) is not { } found) return null;
        if (known.Count >= Capacity) known.Clear();
        known[name] = new(found, now + Trust);
        return found;
    }

    /// <summary>Creates a key. The caller has validated the name and the patterns.</summary>
    /// <returns>The text of the key, which is not stored.</returns>
    public async Task<string> CreateAsync(Actor actor, string name, IReadOnlyList<string> actions, IReadOnlyList<string> topicPatterns)
    {
        var text = ApiKeyText.Create();
        await store.AddAsync(new(name, ApiKeyText.Hash(text), ApiKeyOrigins.Operator, actions, topicPatterns, actor.Name),
            new(AuditActions.KeyCreated, actor, name, $"{string.Join(", ", actions)} on {string.Join(", ", topicPatterns)}"));
        return text;
    }

    /// <returns>False when the key does not exist, or was already revoked.</returns>
    public async Task<bool> RevokeAsync(Actor actor, long id, string name)
    {
        var revoked = await store.RevokeAsync(id, new(AuditActions.KeyRevoked, actor, name));
        Volatile.Write(ref _known, new());
        if (revoked) Revoked?.Invoke(CallerId(id));
        return revoked;
    }

    private sealed record Known(ApiKey Key, DateTimeOffset Until);
}
