using System.Collections.Concurrent;

namespace NotifyDashboard.Access;

/// <summary>
/// Looks keys up. A key that was found is believed for <see cref="Trust"/>, which bounds how long a revocation on another node takes;
/// on this one it counts at once. At most <see cref="Capacity"/> keys are remembered, unknown ones never.
/// </summary>
internal sealed class ApiKeys(IApiKeyStore store, TimeProvider time)
{
    public const int Capacity = 1_000;
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);

    private ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset Until)> _known = new();

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
        known[name] = (found, now + Trust);
        return found;
    }

    public async Task<bool> RevokeAsync(long id)
    {
        var revoked = await store.RevokeAsync(id);
        Volatile.Write(ref _known, new());
        return revoked;
    }
}
