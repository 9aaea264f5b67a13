using System.Net;

namespace NotifyDashboard.Access;

/// <summary>
/// Lets few passwords be compared at once: each costs a core for a tenth of a second or more, and anyone may ask. Without a bound eighty
/// sign-ins at once kept two cores, and every stream and page with them, for longer than a proxy waits for a health check.
/// </summary>
internal sealed class PasswordTurns
{
    /// <summary>Half the cores: the rest stays for streams and publishes.</summary>
    public static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Sign-ins of one address that may wait for their turn; a further one is told to come back.</summary>
    public const int WaitingPerAddress = 16;

    private const int Waiting = 1_000;

    private readonly FairTurns _turns = new(AtOnce, WaitingPerAddress, Waiting);

    /// <summary>Waits for a turn; null when too many wait already. Dispose it when the password is compared.</summary>
    public Task<IDisposable?> TakeAsync(IPAddress? address, CancellationToken cancellation) => _turns.TakeAsync(AddressKey.Of(address), cancellation);
}
