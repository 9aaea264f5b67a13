using System.Data.Common;
using System.Text.Json;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>What counting and paging need of a notification and its marks.</summary>
/// <param name="Read">Null: the watermark decides.</param>
/// <param name="Seen">Null: the watermark decides.</param>
/// <param name="SnoozedUntil">Unix time in milliseconds.</param>
/// <param name="TopicsJson">JSON array; parsed on first use of <see cref="Topics"/>, because most rows of a walk are decided without it.</param>
/// <param name="PublishedAt">Unix time in milliseconds.</param>
internal sealed record InboxRow(long Sequence, bool? Read, bool? Seen, bool IsArchived, long? SnoozedUntil, bool IsPrivate, string TopicsJson, string Type, string? Severity, long PublishedAt)
{
    private string[]? _topics;

    public string[] Topics => _topics ??= JsonSerializer.Deserialize<string[]>(TopicsJson)!;
}

/// <summary>Reads the rows of a walk (<see cref="InboxStatements"/>). It looks up each column by name once.</summary>
internal sealed class InboxRowReader(DbDataReader reader)
{
    private readonly int _sequence = reader.GetOrdinal("sequence");
    private readonly int _read = reader.GetOrdinal("read");
    private readonly int _seen = reader.GetOrdinal("seen");
    private readonly int _archived = reader.GetOrdinal("archived");
    private readonly int _snoozedUntil = reader.GetOrdinal("snoozed_until");
    private readonly int _private = reader.GetOrdinal("private");
    private readonly int _topics = reader.GetOrdinal("topics");
    private readonly int _type = reader.GetOrdinal("type");
    private readonly int _severity = reader.GetOrdinal("severity");
    private readonly int _publishedAt = reader.GetOrdinal("published_at");
    private readonly int _deliverable = reader.GetOrdinal("deliverable");

    public long Sequence => reader.GetInt64(_sequence);

    /// <summary>False for an update, a retract, and a notification that is retracted or expired.</summary>
    public bool IsDeliverable => reader.GetInt64(_deliverable) != 0;

    public InboxRow Read() => new(
        Sequence,
        Flag(_read),
        Flag(_seen),
        reader.GetInt64(_archived) != 0,
        reader.IsDBNull(_snoozedUntil) ? null : reader.GetInt64(_snoozedUntil),
        reader.GetInt64(_private) != 0,
        reader.GetString(_topics),
        reader.GetString(_type),
        reader.IsDBNull(_severity) ? null : reader.GetString(_severity),
        reader.GetInt64(_publishedAt));

    private bool? Flag(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column) != 0;
}
