using System.Data.Common;
using Dapper;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Storage;

/// <summary>Delivery figures in the database.</summary>
internal sealed class DeliveryStore(DbDataSource source, SqliteWriter writer) : IDeliveryStore
{
    private const string Save =
        "INSERT INTO deliveries (sequence, offered, written) VALUES (@Sequence, @Offered, @Written) ON CONFLICT (sequence) DO UPDATE SET offered = excluded.offered, written = excluded.written";

    private const string Select = "SELECT sequence, offered, written FROM deliveries WHERE sequence IN @sequences";

    public Task SaveAsync(IReadOnlyList<Delivery> deliveries) =>
        StoreAccess.TryAsync(() => writer.WriteAsync((connection, transaction) => connection.Execute(Save, deliveries, transaction)));

    public Task<IReadOnlyDictionary<long, Delivery>> ReadAsync(IReadOnlyList<long> sequences, CancellationToken cancellation) => StoreAccess.TryAsync<IReadOnlyDictionary<long, Delivery>>(async () =>
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Select, new { sequences }, cancellationToken: cancellation));
        return rows.ToDictionary(r => r.Sequence, r => new Delivery(r.Sequence, (int)r.Offered, (int)r.Written));
    });

    private sealed record Row(long Sequence, long Offered, long Written);
}
