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

    public async Task<bool> IsCurrentAsync(ClaimsPrincipal? user, CancellationToken cancellation)
    {
        if (OperatorPrincipal.Read(user) is not var (id, stamp)) return false;
        var now = time.GetUtcNow();
        if (_right.TryGetValue(id, out var known) && known.Stamp == stamp && now < known.Until) return true;
        if (await operators.FindAsync(id, cancellation) is not { } found) return false;
        _right[id] = (found.Stamp, now + Trust);
        return found.Stamp == stamp;
    }

    /// <summary>Ends every cookie of an operator, at once on this node.</summary>
    public async Task RevokeAsync(long id)
    {
        await operators.ReplaceStampAsync(id, SetUp.NewStamp());
        _right.TryRemove(id, out _);
    }
}
