using System.Threading.RateLimiting;

namespace NotifyDashboard.Access;

/// <summary>
/// Lets few passwords be compared at once: each costs a core for a tenth of a second or more, and anyone may ask. Without a bound eighty
/// sign-ins at once kept two cores, and every stream and page with them, for longer than a proxy waits for a health check.
/// </summary>
internal sealed class PasswordTurns : IDisposable
{
    /// <summary>Half the cores: the rest stays for streams and publishes.</summary>
    public static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Sign-ins that may wait for their turn; a further one is told to come back.</summary>
    public const int Waiting = 32;

    private readonly ConcurrencyLimiter _turns = new(new() { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Waits for a turn; not acquired when too many wait already. Dispose it when the password is compared.</summary>
    public ValueTask<RateLimitLease> TakeAsync(CancellationToken cancellation) => _turns.AcquireAsync(1, cancellation);

    public void Dispose() => _turns.Dispose();
}
