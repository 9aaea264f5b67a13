using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>A notification that was just fired, and how far it has come.</summary>
public sealed class Fired(Notification notification, TimeSpan took, NotificationHub hub)
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

    /// <summary>Whether it was taken back again.</summary>
    public bool IsTakenBack { get; set; }

    /// <summary>Whom it reached, as a sentence.</summary>
    public string Sentence => Offered == 0 ? "Fired. Nobody was connected." : $"Fired to {ReachWords.Count(Offered)}.";

    /// <summary>Looks again; true when the figures are others than before.</summary>
    public bool Moved()
    {
        var (offered, written) = (Offered, Written);
        _frame ??= hub.Tail.Find(Notification.Id.Sequence);
        Written = _frame?.Written ?? 0;
        return offered != Offered || written != Written;
    }
}
