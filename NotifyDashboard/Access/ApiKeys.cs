using System.Collections.Concurrent;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>
/// Looks keys up. A key that was found is believed for <see cref="Trust"/>, which bounds how long a revocation on another node takes;
/// on this one it counts at once. At most <see cref="Capacity"/> keys are remembered, unknown ones never.
/// </summary>
internal sealed class ApiKeys(IApiKeyStore store, TimeProvider time)
{
    public const int Capacity = 1_000;
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);

    private ConcurrentDictionary<string, Known> _known = new();

    /// <summary>The key with this <see cref="CallerIds.CallerId"/> was revoked on this node. Handlers return at once.</summary>
    public event Action<string>? Revoked;

    /// <summary>What tells a key apart from other callers.</summary>
    public static string CallerId(long id) => $"key-{id}";

    /// <returns>Null when the text is no key, or a revoked one.</returns>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancellation)
    {
        if (text.Length is 0 or > ApiKeyText.MaxLength) return null;
        var hash = ApiKeyText.Hash(text);
        var name = Convert.ToHexString(hash);
        // Taken once: what is read before a revocation must not land in the dictionary that the revocation made.
        var known = Volatile.Read(ref _known);
        var now = time.GetUtcNow();
        if (known.TryGetValue(name, out var entry) && now < entry.Until) return entry.Key;
        if (await store.FindAsync(hash, cancellation) is not { } found) return null;
        if (known.Count >= Capacity) known.Clear();
        known[name] = new(found, now + Trust);
        return found;
    }

    /// <summary>Makes a key for what it may do; name and patterns have passed their rules.</summary>
    /// <returns>Its text, which is shown once and kept nowhere.</returns>
    public async Task<string> CreateAsync(Actor actor, string name, IReadOnlyList<string> actions, IReadOnlyList<string> topicPatterns)
    {
        var text = ApiKeyText.Create();
        await store.AddAsync(new(name, ApiKeyText.Hash(text), ApiKeyOrigins.Operator, actions, topicPatterns, actor.Name),
            new(AuditActions.KeyCreated, actor, name, $"{string.Join(", ", actions)} on {string.Join(", ", topicPatterns)}"));
        return text;
    }

    /// <returns>False when it was revoked before.</returns>
    public async Task<bool> RevokeAsync(Actor actor, long id, string name)
    {
        var revoked = await store.RevokeAsync(id, new(AuditActions.KeyRevoked, actor, name));
        Volatile.Write(ref _known, new());
        if (revoked) Revoked?.Invoke(CallerId(id));
        return revoked;
    }

    private sealed record Known(ApiKey Key, DateTimeOffset Until);
}
