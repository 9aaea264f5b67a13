using System.Net;

namespace NotifyDashboard.Access;

/// <summary>
/// Limits concurrent password checks: each occupies a core for 0.1 s or more, and anyone may request one. Without a limit, eighty concurrent
/// sign-ins on two cores blocked all streams and pages for longer than a proxy waits for a health check.
/// </summary>
internal sealed class PasswordLimiter
{
    /// <summary>Half of the cores; the others stay free for streams and publishes.</summary>
    public static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Maximum number of waiting sign-ins per address; a further one is refused.</summary>
    public const int WaitingPerAddress = 16;

    private const int Waiting = 1_000;

    private readonly FairLimiter _turns = new(AtOnce, WaitingPerAddress, Waiting);

    /// <summary>Waits for a turn; null when too many are waiting. Dispose the result after the check.</summary>
    public Task<IDisposable?> TakeAsync(IPAddress? address, CancellationToken cancellation) => _turns.TakeAsync(AddressKey.Of(address), cancellation);
}
