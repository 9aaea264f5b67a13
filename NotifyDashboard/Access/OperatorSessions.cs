using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>
/// Checks whether the session of a cookie is still open. Caches an open session for <see cref="Trust"/>, so that the requests of one page read the
/// store once.
/// </summary>
internal sealed class OperatorSessions(IOperatorSessionStore store, TimeProvider time)
{
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(10), SeenEvery = TimeSpan.FromMinutes(5);

    // Far more than are in use at once. The whole cache is cleared at this size; sessions are then read again.
    private const int MaxKnown = 10_000;

    private const int MaxUserAgent = 300;

    private readonly ConcurrentDictionary<string, (long OperatorId, DateTimeOffset Until)> _known = new();

    // Sessions that ended while the store was not writable; IsOpenAsync refuses them and tries again to end them.
    private readonly ConcurrentDictionary<string, AuditEntry> _leftToEnd = new();
    private int _endings;

    /// <summary>Raised when sessions have ended: handlers end the streams and circuits of these sessions, and must not block.</summary>
    public event Action<SessionsEnded>? Ended;

    /// <summary>Whether the principal's session is open. Records the use, at most once per <see cref="SeenEvery"/>.</summary>
    /// <param name="address">The current address of the user; null when unknown.</param>
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
        // The session may have ended after it was read.
        if (endings != Volatile.Read(ref _endings)) _known.TryRemove(id, out _);
        if (now - found.SeenAt >= SeenEvery) await RecordUseAsync(id, address);
        return true;
    }

    /// <summary>Whether a page may stay open. Unlike <see cref="IsOpenAsync"/>, true while the store is unavailable: the page then shows no data, and reports that.</summary>
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

    /// <summary>Begins a session in this browser, and ends its previous session.</summary>
    /// <returns>The id of the session; null when the operator's rights have changed since <paramref name="signedIn"/> was read.</returns>
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

    /// <summary>Ends a session; on this node, also while the store is not writable.</summary>
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

    /// <summary>Removes sessions that have ended in the store from the cache, and raises <see cref="Ended"/>, so that the end takes effect at once on this node.</summary>
    /// <param name="session">Null: all sessions of the operator.</param>
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
            // A store that cannot write, such as on a full disk, must not sign the operator out.
        }
    }
}

/// <summary>Identifies the sessions that have ended.</summary>
/// <param name="Session">Null: all sessions of the operator.</param>
internal readonly record struct SessionsEnded(long OperatorId, string? Session)
{
    /// <summary>Whether the principal belongs to one of these sessions.</summary>
    public bool Includes(ClaimsPrincipal? user) => OperatorPrincipal.Read(user) is var (id, session) && id == OperatorId && (Session is null || Session == session);
}
