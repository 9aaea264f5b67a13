using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>How far each notification of the page has been delivered: as it is now while the hub holds it in memory, as it was saved after that.</summary>
internal sealed class HistoryFigures(NotificationHub hub, IDeliveryStore deliveries, TimeProvider time)
{
    // Writes that have not ended by then go to connections that take nothing: no reason to watch them for ever.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private readonly Dictionary<long, Delivery> _saved = [];

    public Delivery Of(Notification row) =>
        hub.Tail.Find(row.Id.Sequence) is { } frame ? new(frame.Sequence, frame.Offered, frame.Written) : _saved.GetValueOrDefault(row.Id.Sequence);

    /// <summary>Whether its writes are still under way, so that another look is worth it.</summary>
    public bool IsSettling(Notification fired) =>
        time.GetUtcNow() - fired.PublishedAt < Settling && hub.Tail.Find(fired.Id.Sequence) is { } frame && frame.Written < frame.Offered;

    /// <summary>Reads the saved figures of rows that the hub no longer holds in memory.</summary>
    public async Task AddAsync(IEnumerable<Notification> rows, CancellationToken cancellation)
    {
        long[] missing = [.. rows.Select(row => row.Id.Sequence).Where(sequence => sequence <= hub.Tail.Floor && !_saved.ContainsKey(sequence))];
        if (missing.Length == 0) return;
        var read = await deliveries.ReadAsync(missing, cancellation);
        foreach (var sequence in missing) _saved[sequence] = read.GetValueOrDefault(sequence, new(sequence, 0, 0));
    }
}
