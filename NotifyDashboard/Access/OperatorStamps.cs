using System.Collections.Concurrent;
using System.Security.Claims;

namespace NotifyDashboard.Access;

/// <summary>
/// Says whether a cookie still counts. A right stamp is believed for <see cref="Trust"/>, so that a page full of requests asks the store
/// once. Holds one entry per operator.
/// </summary>
internal sealed class OperatorStamps(IOperatorStore operators, TimeProvider time)
{
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, (string Stamp, DateTimeOffset Until)> _right = new();

    /// <summary>The operator's stamp is another now: what is open for the old one has to end. Handlers return at once.</summary>
    public event Action<long>? Replaced;

    public async Task<bool> IsCurrentAsync(ClaimsPrincipal? user, CancellationToken cancellation)
    {
        if (OperatorPrincipal.Read(user) is not var (id, stamp)) return false;
        var now = time.GetUtcNow();
        if (_right.TryGetValue(id, out var known) && known.Stamp == stamp && now < known.Until) return true;
        if (await operators.FindAsync(id, cancellation) is not { IsDisabled: false } found) return false;
        _right[id] = (found.Stamp, now + Trust);
        return found.Stamp == stamp;
    }

    /// <summary>Call it once another stamp is stored: it counts at once on this node, cookies and open pages alike.</summary>
    public void Forget(long id)
    {
        _right.TryRemove(id, out _);
        Replaced?.Invoke(id);
    }

    /// <summary>16 random bytes.</summary>
    public static string Create() => System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
