using System.Data.Common;
using System.Text.Json;
using Dapper;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>The row of a request that named itself; its statements are the same in every dialect.</summary>
internal sealed record IdempotencyRow(byte[] BodyHash, string Sequences, string? Scheduled, long CreatedAt)
{
    private const string Select =
        """
        SELECT body_hash AS BodyHash, sequences AS Sequences, scheduled AS Scheduled, created_at AS CreatedAt
        FROM idempotency WHERE owner = @Owner AND key = @Key AND created_at > @since
        """;

    private const string InsertOne =
        """
        INSERT INTO idempotency (owner, key, body_hash, sequences, scheduled, created_at)
        VALUES (@Owner, @Key, @BodyHash, @sequences, @scheduled, @at)
        """;

    private const string DeleteExpired = "DELETE FROM idempotency WHERE created_at <= @since";

    /// <summary>The first request with the same key, if it is not too old.</summary>
    public static IdempotencyRow? Find(DbConnection connection, DbTransaction transaction, Idempotency idempotency, DateTimeOffset now) =>
        connection.QueryFirstOrDefault<IdempotencyRow>(Select, new { idempotency.Owner, idempotency.Key, since = Since(now) }, transaction);

    /// <summary>Records a request whose key was not found, and purges expired keys so that the table holds about a day of them.</summary>
    public static void Insert(DbConnection connection, DbTransaction transaction, Idempotency idempotency, IReadOnlyList<long> sequences, string? scheduled, DateTimeOffset now)
    {
        connection.Execute(DeleteExpired, new { since = Since(now) }, transaction);
        connection.Execute(InsertOne, new { idempotency.Owner, idempotency.Key, idempotency.BodyHash, sequences = JsonSerializer.Serialize(sequences), scheduled, at = now.ToUnixTimeMilliseconds() }, transaction);
    }

    public bool HasBody(byte[] hash) => BodyHash.AsSpan().SequenceEqual(hash);

    public long[] ReadSequences() => JsonSerializer.Deserialize<long[]>(Sequences)!;

    private static long Since(DateTimeOffset now) => (now - Idempotency.KeptFor).ToUnixTimeMilliseconds();
}
