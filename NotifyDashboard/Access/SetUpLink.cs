using System.Security.Cryptography;

namespace NotifyDashboard.Access;

/// <summary>What a set-up link is worth.</summary>
internal enum SetUpLinkState { Valid, Expired, Used, Unknown }

/// <summary>The one-time link that makes the first operator: 256 random bits, kept only as a hash and only in memory, good for an hour.</summary>
internal sealed class SetUpLink(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private byte[]? _hash;
    private bool _used;

    /// <summary>Until when the link works.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>Makes the token; an earlier one is worthless from now on.</summary>
    public string Make()
    {
        var token = OneTimeToken.Create();
        lock (_gate)
        {
            _hash = OneTimeToken.Hash(token);
            _used = false;
            Until = time.GetUtcNow() + Lifetime;
        }
        return token;
    }

    public SetUpLinkState Check(string? token)
    {
        lock (_gate)
        {
            if (_hash is null || string.IsNullOrEmpty(token) || !CryptographicOperations.FixedTimeEquals(_hash, OneTimeToken.Hash(token))) return SetUpLinkState.Unknown;
            return _used ? SetUpLinkState.Used : time.GetUtcNow() >= Until ? SetUpLinkState.Expired : SetUpLinkState.Valid;
        }
    }

    /// <summary>The set-up is done: the link is worthless.</summary>
    public void Spend()
    {
        lock (_gate) _used = true;
    }
}
