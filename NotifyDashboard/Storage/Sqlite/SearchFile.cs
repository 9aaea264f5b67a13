using Dapper;
using Microsoft.Data.Sqlite;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The file with the words of all notifications, as the only one who writes it has it open. Nothing in it is told nowhere else: what cannot be used is deleted and made anew.</summary>
internal sealed class SearchFile : IDisposable
{
    private const int Version = 1;

    // Never behind what the database was told is gone: before that it is carried to the disk (TryEmptyWal). A lost commit of words is made again.
    private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000";

    // Without a copy of the text. What is deleted has to be named word for word.
    private const string Schema =
        """
        CREATE VIRTUAL TABLE words USING fts5 (title, body, data, topics, tags, content = '', detail = full, tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
        CREATE TABLE state (epoch TEXT NOT NULL, through INTEGER NOT NULL) STRICT;
        CREATE TABLE taken_out (sequence INTEGER PRIMARY KEY, id INTEGER NOT NULL) STRICT;
        PRAGMA user_version = 1
        """;

    private const string InsertWords = "INSERT INTO words (rowid, title, body, data, topics, tags) VALUES (@Sequence, @Title, @Body, @Data, @Topics, @Tags)";

    private const string DeleteWords = "INSERT INTO words (words, rowid, title, body, data, topics, tags) VALUES ('delete', @Sequence, @Title, @Body, @Data, @Topics, @Tags)";

    private const string SetErases = "INSERT INTO words (words, rank) VALUES ('secure-delete', @erases)";

    private const string Find = "SELECT rowid FROM words WHERE words MATCH @match AND rowid < @before AND rowid >= @floor ORDER BY rowid DESC LIMIT @rows";

    private readonly SqliteConnection _connection;

    private SearchFile(SqliteConnection connection, long through) => (_connection, Through) = (connection, through);

    /// <summary>The newest sequence whose words are in it.</summary>
    public long Through { get; private set; }

    /// <summary>Opens the file, or makes it: where it is of another version, of a database that is not this one any more, or no index at all.</summary>
    /// <param name="epoch">The newest of the log.</param>
    /// <param name="head">The newest sequence of the log.</param>
    public static SearchFile Open(string file, string epoch, long head)
    {
        if (TryOpen(file, epoch, head) is { } found) return found;
        Delete(file);
        var connection = Connect(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            connection.Execute(Settings);
            using var transaction = connection.BeginTransaction();
            connection.Execute(Schema, transaction: transaction);
            connection.Execute("INSERT INTO state (epoch, through) VALUES (@epoch, 0)", new { epoch }, transaction);
            transaction.Commit();
            return new(connection, 0);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Delete(string file)
    {
        foreach (var path in new[] { file, $"{file}-wal", $"{file}-shm" }) File.Delete(path);
    }

    /// <returns>Sequences, newest first.</returns>
    public static async Task<List<long>> FindAsync(string file, string match, long floor, long before, int rows, CancellationToken cancellation)
    {
        // Opened each time: it may be another file by now.
        await using var connection = Connect(file, SqliteOpenMode.ReadWrite);
        return (await connection.QueryAsync<long>(new CommandDefinition(Find, new { match, floor, before, rows }, cancellationToken: cancellation))).AsList();
    }

    /// <summary>Takes the words out that <paramref name="left"/> tells, then puts those of <paramref name="found"/> in; all of it or nothing.</summary>
    public void Write(IReadOnlyCollection<Leftover> left, IEnumerable<Words> found, long through)
    {
        using var transaction = _connection.BeginTransaction();
        // What was trimmed goes when its piece of the index is merged: taking each word out at once takes some milliseconds a notification.
        if (left.Any(l => l.Erased == 0))
        {
            _connection.Execute(SetErases, new { erases = 0 }, transaction);
            Delete(0);
            _connection.Execute(SetErases, new { erases = 1 }, transaction);
        }
        Delete(1);
        _connection.Execute("INSERT INTO taken_out (sequence, id) VALUES (@Sequence, @LastId)", left, transaction);
        _connection.Execute(InsertWords, found, transaction);
        _connection.Execute("UPDATE state SET through = @through", new { through }, transaction);
        transaction.Commit();
        Through = through;

        void Delete(long erased) => _connection.Execute(DeleteWords, left.Where(l => l.Erased == erased && l.Sequence <= Through), transaction);
    }

    /// <summary>What <see cref="Write"/> took out and the database was not told yet: sequences, each with the newest of its leftovers.</summary>
    public IReadOnlyList<TakenOut> ReadTakenOut() => _connection.Query<TakenOut>("SELECT sequence AS Sequence, id AS LastId FROM taken_out").AsList();

    public void ForgetTakenOut() => _connection.Execute("DELETE FROM taken_out");

    /// <summary>Carries everything to the disk, and what was deleted out of the write-ahead file.</summary>
    /// <returns>False while somebody reads.</returns>
    public bool TryEmptyWal() => _connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") == 0;

    public void Dispose() => _connection.Dispose();

    private static SearchFile? TryOpen(string file, string epoch, long head)
    {
        if (!File.Exists(file)) return null;
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(file, SqliteOpenMode.ReadWrite);
            connection.Execute(Settings);
            if (connection.ExecuteScalar<long>("PRAGMA user_version") == Version && connection.QuerySingleOrDefault<State>("SELECT epoch AS Epoch, through AS Through FROM state") is { } state
                && state.Epoch == epoch && state.Through <= head)
                return new(connection, state.Through);
        }
        catch (SqliteException fault) when (IsDamage(fault))
        {
        }
        connection?.Dispose();
        return null;
    }

    /// <summary>Whether the file cannot be mended but by making it anew: it is damaged, no database, or lacks what has to be there.</summary>
    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is 1 or 11 or 26;

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private sealed record State(string Epoch, long Through);
}

/// <summary>The words of a notification.</summary>
internal record Words(long Sequence, string? Title, string? Body, string? Data, string Topics, string? Tags);

/// <summary>The words that a notification had when it was indexed, and the newest note that it has others now, or none.</summary>
internal sealed record Leftover(long Sequence, string? Title, string? Body, string? Data, string Topics, string? Tags, long Erased, long LastId) : Words(Sequence, Title, Body, Data, Topics, Tags);

/// <summary>A notification whose old words are out of the index, through one of its notes.</summary>
internal sealed record TakenOut(long Sequence, long LastId);
