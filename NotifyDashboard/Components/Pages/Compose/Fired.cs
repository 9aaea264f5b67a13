using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>A notification that was just published, and its delivery so far.</summary>
/// <param name="reach">Its audience when it was published; null where that was not counted.</param>
public sealed class Fired(Notification notification, TimeSpan took, NotificationHub hub, Reach? reach = null)
{
    // The hub dispatches after it has answered: the newest of a series may have no frame yet.
    private Frame? _frame = hub.ReplayBuffer.Find(notification.Id.Sequence);

    public Notification Notification { get; } = notification;

    /// <summary>From the click to the disk, on the server.</summary>
    public TimeSpan Took { get; } = took;

    /// <summary>Connections to which it was offered.</summary>
    public int Offered => _frame?.Offered ?? 0;

    /// <summary>Connections to which it was written.</summary>
    public int Written { get; private set; }

    public bool IsRetracted { get; set; }

    /// <summary>The audience in words, in the unit of the fire button: people or connections.</summary>
    public string Sentence => Whom is { } whom ? $"Fired to {whom}." : "Fired. Nobody was connected.";

    /// <summary>The audience in words; null when nobody was connected.</summary>
    public string? Whom => Offered == 0 ? null : reach is { Streams: > 0 } reached ? ReachWords.Count(reached) : ReachWords.Count(Offered);

    /// <summary>Updates the figures.</summary>
    /// <returns>Whether any has changed since the last call.</returns>
    public bool Moved()
    {
        var (offered, written) = (Offered, Written);
        _frame ??= hub.ReplayBuffer.Find(Notification.Id.Sequence);
        Written = _frame?.Written ?? 0;
        return offered != Offered || written != Written;
    }
}
