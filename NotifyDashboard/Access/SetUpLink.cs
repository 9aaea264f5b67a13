using System.Security.Cryptography;

namespace NotifyDashboard.Access;

/// <summary>The state of a set-up link.</summary>
internal enum SetUpLinkState { Valid, Expired, Used, Unknown }

/// <summary>The one-time link that creates the first operator: 256 random bits, kept as a hash in memory only, valid for <see cref="Lifetime"/>.</summary>
internal sealed class SetUpLink(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private byte[]? _hash;
    private bool _used;

    /// <summary>When the link expires.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>Creates a token, which invalidates an earlier one.</summary>
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

    /// <summary>Invalidates the link after the set-up.</summary>
    public void Spend()
    {
        lock (_gate) _used = true;
    }
}
