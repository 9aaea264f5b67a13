namespace NotifyDashboard.Hub;

/// <summary>Live deliveries of a notification.</summary>
/// <param name="Offered">Connections that matched when it was dispatched.</param>
/// <param name="Written">Connections that completed a flush of it.</param>
public readonly record struct Delivery(long Sequence, int Offered, int Written);

/// <summary>Stores delivery figures beyond the lifetime of the replay buffer.</summary>
public interface IDeliveryStore
{
    /// <exception cref="StoreUnavailableException"/>
    Task SaveAsync(IReadOnlyList<Delivery> deliveries);

    /// <summary>The figures by sequence; a notification without any matching connection has none.</summary>
    /// <exception cref="StoreUnavailableException"/>
    Task<IReadOnlyDictionary<long, Delivery>> ReadAsync(IReadOnlyList<long> sequences, CancellationToken cancellation);
}
