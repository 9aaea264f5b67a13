using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>
/// Says whether a cookie still counts. A session that was found is believed for <see cref="Trust"/>, so that a page full of requests asks the
/// store once.
/// </summary>
internal sealed class OperatorSessions(IOperatorSessionStore store, TimeProvider time)
{
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(10), SeenEvery = TimeSpan.FromMinutes(5);

    // Far more than are in use at once; what is dropped is asked for again.
    private const int MaxKnown = 10_000;

    private const int MaxUserAgent = 300;

    private readonly ConcurrentDictionary<string, (long OperatorId, DateTimeOffset Until)> _known = new();

    // Signed out while the store took no writes: deleted with the next look. At most as many as there are cookies.
    private readonly ConcurrentDictionary<string, AuditEntry> _leftToEnd = new();
    private int _endings;

    /// <summary>What is open in these sessions has to end. Handlers return at once.</summary>
    public event Action<SessionsEnded>? Ended;

    /// <param name="address">From where the user comes now; null where that is not known.</param>
    public async Task<bool> IsOpenAsync(ClaimsPrincipal? user, IPAddress? address, CancellationToken cancellation)
    {
        if (OperatorPrincipal.Read(user) is not var (operatorId, id)) return false;
        if (_leftToEnd.TryGetValue(id, out var audit))
        {
            await EndAsync(id, operatorId, audit);
            return false;
        }
        var now = time.GetUtcNow();
        if (_known.TryGetValue(id, out var known) && known.OperatorId == operatorId && now < known.Until) return true;
        var endings = Volatile.Read(ref _endings);
        if (await store.FindAsync(id, cancellation) is not { } found || found.OperatorId != operatorId) return false;
        if (_known.Count >= MaxKnown) _known.Clear();
        _known[id] = (operatorId, now + Trust);
        // It may have ended since it was read.
        if (endings != Volatile.Read(ref _endings)) _known.TryRemove(id, out _);
        if (now - found.SeenAt >= SeenEvery) await RecordUseAsync(id, address);
        return true;
    }

    /// <summary>Whether a page may stay open: as <see cref="IsOpenAsync"/>, but not ended for want of the store. Without it there is nothing to be had, and the page says so.</summary>
    public async Task<bool> MayStayAsync(ClaimsPrincipal user, CancellationToken cancellation)
    {
        try
        {
            return await IsOpenAsync(user, null, cancellation);
        }
        catch (StoreUnavailableException)
        {
            return true;
        }
    }

    /// <summary>Begins a session in this browser, in place of the one that it has.</summary>
    /// <returns>Its id; null when the operator's rights have changed since <paramref name="signedIn"/> was read.</returns>
    public async Task<string?> BeginAsync(HttpContext context, Operator signedIn, AuditEntry audit)
    {
        var (now, userAgent) = (time.GetUtcNow(), context.Request.Headers.UserAgent.ToString());
        var session = new OperatorSession(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), signedIn.Id, now,
            context.Connection.RemoteIpAddress?.ToString(), userAgent.Length > MaxUserAgent ? userAgent[..MaxUserAgent] : userAgent);
        var previous = OperatorPrincipal.Read(context.User);
        if (!await store.AddAsync(session, signedIn, previous?.Session, audit)) return null;
        if (previous is var (operatorId, id)) OnEnded(operatorId, id);
        return session.Id;
    }

    /// <summary>Ends one, on this node also while the store takes no writes.</summary>
    /// <returns>False when the operator has no such session.</returns>
    public async Task<bool> EndAsync(string id, long operatorId, AuditEntry audit)
    {
        bool hasEnded;
        try
        {
            hasEnded = await store.EndAsync(id, operatorId, audit);
            _leftToEnd.TryRemove(id, out _);
        }
        catch (StoreUnavailableException)
        {
            hasEnded = _leftToEnd.TryAdd(id, audit);
        }
        if (hasEnded) OnEnded(operatorId, id);
        return hasEnded;
    }

    /// <inheritdoc cref="IOperatorSessionStore.EndAllAsync"/>
    public async Task EndAllAsync(long operatorId, AuditEntry audit)
    {
        await store.EndAllAsync(operatorId, audit);
        OnEnded(operatorId);
    }

    /// <summary>Drops the cached sessions that have ended in the store and raises <see cref="Ended"/>: it takes effect at once on this node.</summary>
    /// <param name="session">Null: all of the operator.</param>
    public void OnEnded(long operatorId, string? session = null)
    {
        Interlocked.Increment(ref _endings);
        foreach (var (id, known) in _known)
        {
            if (known.OperatorId == operatorId && (session is null || session == id)) _known.TryRemove(id, out _);
        }
        Ended?.Invoke(new(operatorId, session));
    }

    private async Task RecordUseAsync(string id, IPAddress? address)
    {
        try
        {
            await store.RecordUseAsync(id, address?.ToString());
        }
        catch (StoreUnavailableException)
        {
            // A full disk signs nobody out.
        }
    }
}

/// <summary>Which sessions have ended.</summary>
/// <param name="Session">Null: all of the operator.</param>
internal readonly record struct SessionsEnded(long OperatorId, string? Session)
{
    /// <summary>Whether <paramref name="user"/> is signed in by one of them.</summary>
    public bool Includes(ClaimsPrincipal? user) => OperatorPrincipal.Read(user) is var (id, session) && id == OperatorId && (Session is null || Session == session);
}
