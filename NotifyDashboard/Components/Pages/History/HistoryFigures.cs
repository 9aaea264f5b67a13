using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>The delivery of each notification on the page: live while the hub holds it in memory, the saved figures afterwards.</summary>
internal sealed class HistoryFigures(NotificationHub hub, IDeliveryStore deliveries, TimeProvider time)
{
    // Writes that take longer go to stalled connections, which are not worth watching.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private readonly Dictionary<long, Delivery> _saved = [];

    public Delivery Of(Notification row) =>
        hub.ReplayBuffer.Find(row.Id.Sequence) is { } frame ? new(frame.Sequence, frame.Offered, frame.Written) : _saved.GetValueOrDefault(row.Id.Sequence);

    /// <summary>Whether it is still being written to connections, so that another refresh is due.</summary>
    public bool IsSettling(Notification fired) =>
        time.GetUtcNow() - fired.PublishedAt < Settling && hub.ReplayBuffer.Find(fired.Id.Sequence) is { } frame && frame.Written < frame.Offered;

    /// <summary>Reads the saved figures of rows that the hub no longer holds in memory.</summary>
    public async Task AddAsync(IEnumerable<Notification> rows, CancellationToken cancellation)
    {
        long[] missing = [.. rows.Select(row => row.Id.Sequence).Where(sequence => sequence <= hub.ReplayBuffer.Floor && !_saved.ContainsKey(sequence))];
        if (missing.Length == 0) return;
        var read = await deliveries.ReadAsync(missing, cancellation);
        foreach (var sequence in missing) _saved[sequence] = read.GetValueOrDefault(sequence, new(sequence, 0, 0));
    }
}
