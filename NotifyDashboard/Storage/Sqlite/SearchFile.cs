using Dapper;
using Microsoft.Data.Sqlite;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The file with the words of all notifications, as the index has it open, with the database attached to read from.</summary>
internal sealed class SearchFile : IDisposable
{
    private const int Version = 2;

    // Of one commit. What changed costs some milliseconds each.
    private const int Rows = 1_000, Changes = 100;

    // Not a sync for each commit: of words that are lost, the file does not say that it has them. Before the database forgets what was taken out, all is carried to the disk (TryEmptyWal).
    private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000";

    // Without a copy of the text: what is deleted has to be named word for word.
    private const string Schema =
        """
        CREATE VIRTUAL TABLE words USING fts5 (title, body, data, topics, tags, content = '', detail = full, tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
        CREATE TABLE state (epoch TEXT NOT NULL, through INTEGER NOT NULL) STRICT;
        CREATE TABLE taken_out (sequence INTEGER PRIMARY KEY, id INTEGER NOT NULL) STRICT;
        """;

    private const string Columns = "title, body, data, topics, tags";

    private const string Folded = "fold(title), fold(body), fold(data), fold(topics), fold(tags)";

    private const string TakeOut = "INSERT INTO taken_out (sequence, id) SELECT sequence, max(id) FROM log.search_leftovers GROUP BY sequence ORDER BY min(id) LIMIT @Changes";

    // Of each notification the oldest leftover: that is what was indexed.
    private const string Old =
        "FROM taken_out JOIN log.search_leftovers AS l ON l.id = (SELECT min(id) FROM log.search_leftovers WHERE sequence = taken_out.sequence) WHERE l.sequence <= @through AND erased = @erased";

    private const string DeleteWords = $"INSERT INTO words (words, rowid, {Columns}) SELECT 'delete', l.sequence, {Folded} {Old}";

    private const string SetErases = "INSERT INTO words (words, rank) VALUES ('secure-delete', @erased)";

    private const string InsertAgain = $"INSERT INTO words (rowid, {Columns}) SELECT sequence, {Folded} FROM log.notifications WHERE sequence IN (SELECT sequence FROM taken_out) AND sequence <= @through AND kind = 0";

    private const string SelectNext = "SELECT count(*) AS Count, max(sequence) AS Last FROM (SELECT sequence FROM log.notifications WHERE sequence > @through AND kind = 0 ORDER BY sequence LIMIT @Rows)";

    private const string InsertNext = $"INSERT INTO words (rowid, {Columns}) SELECT sequence, {Folded} FROM log.notifications WHERE sequence > @through AND sequence <= @last AND kind = 0 ORDER BY sequence";

    private const string SelectThrough = "SELECT through FROM state";

    private const string SelectHead = "SELECT coalesce((SELECT seq FROM log.sqlite_sequence WHERE name = 'notifications'), 0)";

    private const string Find = "SELECT rowid FROM words WHERE words MATCH @match AND rowid < @before AND rowid >= @floor ORDER BY rowid DESC LIMIT @rows";

    private readonly SqliteConnection _connection;

    private SearchFile(SqliteConnection connection) => _connection = connection;

    /// <summary>The newest sequence whose words are in it.</summary>
    public long Through => _connection.ExecuteScalar<long>(SelectThrough);

    /// <summary>The newest of the log.</summary>
    public long Head => _connection.ExecuteScalar<long>(SelectHead);

    /// <summary>Opens the file, or makes it anew where it is of another version, of a database that is not this one any more, or no index at all. The caller holds the database's write lock: two processes must not replace it at the same moment.</summary>
    /// <param name="database">The file that holds the log.</param>
    /// <param name="epoch">The newest of the log.</param>
    public static SearchFile Open(string file, string database, string epoch)
    {
        if (TryOpen(file, database, epoch) is { } found) return found;
        Delete(file);
        PrivateFiles.Create(file);
        return Open(file, database, SqliteOpenMode.ReadWriteCreate, connection =>
        {
            // Deferred: otherwise it would wait for the database's write lock, which the caller holds.
            using var transaction = connection.BeginTransaction(deferred: true);
            connection.Execute($"{Schema} PRAGMA user_version = {Version}", transaction: transaction);
            connection.Execute("INSERT INTO state (epoch, through) VALUES (@epoch, 0)", new { epoch }, transaction);
            transaction.Commit();
            return new SearchFile(connection);
        })!;
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

    /// <summary>Whether the file cannot be mended but by making it anew: it is damaged, no database, or lacks what has to be there.</summary>
    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is 1 or 11 or 26;

    /// <summary>Takes old words out and puts new ones in, a bounded number of each; all of it or nothing.</summary>
    /// <returns>Whether there may be more.</returns>
    public bool Write()
    {
        // Deferred: otherwise the database would be locked for writing too. From here on it is one picture of it.
        using var transaction = _connection.BeginTransaction(deferred: true);
        var changes = Execute(TakeOut, new { Changes });
        // Read after the first write has taken the file's lock: a command in another process writes here too. A stale value would index words twice, and a removal deletes them once.
        var through = Through;
        if (changes > 0)
        {
            // What was trimmed leaves its bytes when its piece of the index is merged: at once it takes some milliseconds a notification.
            foreach (var erased in new[] { 0, 1 })
            {
                Execute(SetErases, new { erased });
                Execute(DeleteWords, new { through, erased });
            }
            Execute(InsertAgain, new { through });
        }
        // New rows only when no removals are pending: otherwise through could pass a row with a pending removal, whose words were never indexed.
        var more = changes == Changes;
        if (!more)
        {
            var (count, last) = _connection.QuerySingle<(long Count, long? Last)>(SelectNext, new { through, Rows }, transaction);
            Execute(InsertNext, new { through, last });
            more = count == Rows;
            var indexed = more ? last!.Value : Head;
            if (indexed != through) Execute("UPDATE state SET through = @indexed", new { indexed });
        }
        transaction.Commit();
        return more || changes > 0;

        int Execute(string statement, object parameters) => _connection.Execute(statement, parameters, transaction);
    }

    /// <summary>What <see cref="Write"/> took out and the database was not told yet.</summary>
    public IReadOnlyList<TakenOut> ReadTakenOut() => _connection.Query<TakenOut>("SELECT sequence AS Sequence, id AS Id FROM taken_out").AsList();

    /// <summary>Of these the database has been told.</summary>
    public void ForgetTakenOut(IReadOnlyList<TakenOut> told) => _connection.Execute("DELETE FROM taken_out WHERE sequence = @Sequence AND id = @Id", told);

    /// <summary>Carries everything to the disk, and what was deleted out of the write-ahead file.</summary>
    /// <returns>False while somebody reads.</returns>
    public bool TryEmptyWal() => _connection.ExecuteScalar<long>("PRAGMA main.wal_checkpoint(TRUNCATE)") == 0;

    public void Dispose() => _connection.Dispose();

    private static SearchFile? TryOpen(string file, string database, string epoch)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return Open(file, database, SqliteOpenMode.ReadWrite, connection =>
                connection.ExecuteScalar<long>("PRAGMA user_version") == Version
                && connection.QuerySingleOrDefault<State>("SELECT epoch AS Epoch, through AS Through FROM state") is { } state && state.Epoch == epoch && state.Through <= connection.ExecuteScalar<long>(SelectHead)
                    ? new SearchFile(connection) : null);
        }
        catch (SqliteException fault) when (IsDamage(fault))
        {
            return null;
        }
    }

    private static SearchFile? Open(string file, string database, SqliteOpenMode mode, Func<SqliteConnection, SearchFile?> begin)
    {
        var connection = Connect(file, mode);
        SearchFile? opened = null;
        try
        {
            connection.Execute(Settings);
            connection.Execute("ATTACH @database AS log", new { database });
            connection.CreateFunction<string?, string?>("fold", text => text is null ? null : SearchFolding.Fold(text), isDeterministic: true);
            return opened = begin(connection);
        }
        finally
        {
            if (opened is null) connection.Dispose();
        }
    }

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private sealed record State(string Epoch, long Through);
}

/// <summary>A notification whose old words are out of the index, and the newest of the leftovers that told of it.</summary>
internal sealed record TakenOut(long Sequence, long Id);
