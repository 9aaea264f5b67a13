using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>A notification that was just fired, and how far it has come.</summary>
/// <param name="reach">Whom it reached when it was fired; null where that was not counted.</param>
public sealed class Fired(Notification notification, TimeSpan took, NotificationHub hub, Reach? reach = null)
{
    // Dispatch follows the answer at once: of a series, the newest may have no frame yet.
    private Frame? _frame = hub.Tail.Find(notification.Id.Sequence);

    public Notification Notification { get; } = notification;

    /// <summary>From the click to the disk, on the server.</summary>
    public TimeSpan Took { get; } = took;

    /// <summary>Connections that were to get it.</summary>
    public int Offered => _frame?.Offered ?? 0;

    /// <summary>Connections into which it was written.</summary>
    public int Written { get; private set; }

    public bool IsRetracted { get; set; }

    /// <summary>Whom it reached, in the unit in which the fire button counted them.</summary>
    public string Sentence => Whom is { } whom ? $"Fired to {whom}." : "Fired. Nobody was connected.";

    /// <summary>Null: nobody was connected.</summary>
    public string? Whom => Offered == 0 ? null : reach is { Streams: > 0 } reached ? ReachWords.Count(reached) : ReachWords.Count(Offered);

    /// <summary>Looks again; true when the figures are others than before.</summary>
    public bool Moved()
    {
        var (offered, written) = (Offered, Written);
        _frame ??= hub.Tail.Find(Notification.Id.Sequence);
        Written = _frame?.Written ?? 0;
        return offered != Offered || written != Written;
    }
}
