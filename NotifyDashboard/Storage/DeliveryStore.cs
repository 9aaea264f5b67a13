using Dapper;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>Delivery figures in the database.</summary>
internal sealed class DeliveryStore(Database db) : IDeliveryStore
{
    private const string Save =
        """
        INSERT INTO deliveries (sequence, offered, written) VALUES (@Sequence, @Offered, @Written)
        ON CONFLICT (sequence) DO UPDATE SET offered = excluded.offered, written = excluded.written
        """;

    private const string Select = "SELECT sequence, offered, written FROM deliveries WHERE sequence IN @sequences";

    public Task SaveAsync(IReadOnlyList<Delivery> deliveries) =>
        db.WriteAsync((connection, transaction) => connection.Execute(Save, deliveries, transaction));

    public async Task<IReadOnlyDictionary<long, Delivery>> ReadAsync(IReadOnlyList<long> sequences, CancellationToken cancellation) =>
        (await db.QueryAsync<Row>(Select, new { sequences }, cancellation)).ToDictionary(row => row.Sequence, row => new Delivery(row.Sequence, (int)row.Offered, (int)row.Written));

    private sealed record Row(long Sequence, long Offered, long Written);
}
