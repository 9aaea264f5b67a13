namespace NotifyDashboard.Hub;

/// <summary>How far a notification came while it was live.</summary>
/// <param name="Offered">Connections that were to get it.</param>
/// <param name="Written">Connections into which a flush of it completed.</param>
public readonly record struct Delivery(long Sequence, int Offered, int Written);

/// <summary>Where delivery figures are kept when the replay buffer has forgotten them.</summary>
public interface IDeliveryStore
{
    /// <exception cref="StoreUnavailableException"/>
    Task SaveAsync(IReadOnlyList<Delivery> deliveries);

    /// <summary>By sequence; without those that nobody was connected for.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyDictionary<long, Delivery>> ReadAsync(IReadOnlyList<long> sequences, CancellationToken cancellation);
}
