using Dapper;
using Microsoft.Data.Sqlite;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The search file: the words of all notifications, open for writing, with the database attached to read from.</summary>
internal sealed class SearchFile : IDisposable
{
    private const int Version = 2;

    // Of one commit. Each removal costs some milliseconds.
    private const int MaxRows = 1_000, MaxRemovals = 100;

    private readonly SqliteConnection _connection;

    private SearchFile(SqliteConnection connection) => _connection = connection;

    /// <summary>The newest sequence whose words are in the file.</summary>
    public long Through => _connection.ExecuteScalar<long>(SearchStatements.SelectThrough);

    /// <summary>The newest sequence of the log.</summary>
    public long Head => _connection.ExecuteScalar<long>(SearchStatements.SelectHead);

    /// <summary>
    /// Opens the file. One that is missing, damaged, of another version or of another database is replaced by an empty one. The caller holds the database's write lock:
    /// two processes must not replace the file at the same moment.
    /// </summary>
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
            connection.Execute($"{SearchStatements.Schema} PRAGMA user_version = {Version}", transaction: transaction);
            connection.Execute(SearchStatements.InsertState, new { epoch }, transaction);
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
        // A new connection each time: the file may have been replaced.
        await using var connection = Connect(file, SqliteOpenMode.ReadWrite);
        return (await connection.QueryAsync<long>(new CommandDefinition(SearchStatements.Find, new { match, floor, before, rows }, cancellationToken: cancellation))).AsList();
    }

    /// <summary>Whether only a new file helps: this one is damaged, is no database, or lacks a table.</summary>
    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is 1 or 11 or 26;

    /// <summary>Deletes old words and adds new ones, a bounded number of each, in one transaction.</summary>
    /// <returns>Whether there may be more to do.</returns>
    public bool Write()
    {
        // Deferred: otherwise the database would be locked for writing too. The transaction reads one snapshot of the database.
        using var transaction = _connection.BeginTransaction(deferred: true);
        // A command in another process writes here too, so everything is read after the file's lock was taken. The first statement of a transaction waits for a lock; a later one would fail at once.
        Execute(SearchStatements.LockFile, new { });
        // Its removals are not confirmed yet: the next step confirms them. Carried out a second time, they would index words twice.
        if (ReadRemoved().Count > 0) return true;
        var removals = Execute(SearchStatements.InsertRemoved, new { MaxRemovals });
        // A stale value would index words twice, and a removal deletes them once.
        var through = Through;
        if (removals > 0)
        {
            // Erasing rewrites the index at once, which takes some milliseconds a notification. Trimmed words are deleted without it: their bytes leave when their segment is merged.
            foreach (var erased in new[] { 0, 1 })
            {
                Execute(SearchStatements.SetErases, new { erased });
                Execute(SearchStatements.DeleteWords, new { through, erased });
            }
            Execute(SearchStatements.InsertPresentWords, new { through });
        }
        // New rows only when no removals are pending: otherwise through could pass a row with a pending removal, whose words were never indexed.
        var more = removals == MaxRemovals;
        if (!more)
        {
            var (count, last) = _connection.QuerySingle<(long Count, long? Last)>(SearchStatements.SelectNext, new { through, MaxRows }, transaction);
            Execute(SearchStatements.InsertNext, new { through, last });
            more = count == MaxRows;
            var indexed = more ? last!.Value : Head;
            if (indexed != through) Execute(SearchStatements.SetThrough, new { indexed });
        }
        transaction.Commit();
        return more || removals > 0;

        int Execute(string statement, object parameters) => _connection.Execute(statement, parameters, transaction);
    }

    /// <summary>The removals that <see cref="Write"/> has carried out and that are not confirmed to the database yet.</summary>
    public IReadOnlyList<RemovedWords> ReadRemoved() => _connection.Query<RemovedWords>(SearchStatements.SelectRemoved).AsList();

    /// <summary>Forgets removals that the database has forgotten too.</summary>
    public void ForgetRemoved(IReadOnlyList<RemovedWords> confirmed) => _connection.Execute(SearchStatements.DeleteRemoved, confirmed);

    /// <summary>Carries every commit to the disk and removes deleted words from the write-ahead file.</summary>
    /// <returns>False while the file is being read.</returns>
    public bool TryEmptyWal() => _connection.ExecuteScalar<long>("PRAGMA main.wal_checkpoint(TRUNCATE)") == 0;

    public void Dispose() => _connection.Dispose();

    private static SearchFile? TryOpen(string file, string database, string epoch)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return Open(file, database, SqliteOpenMode.ReadWrite, connection =>
                connection.ExecuteScalar<long>("PRAGMA user_version") == Version
                && connection.QuerySingleOrDefault<State>(SearchStatements.SelectState) is { } state && state.Epoch == epoch && state.Through <= connection.ExecuteScalar<long>(SearchStatements.SelectHead)
                    ? new SearchFile(connection) : null);
        }
        catch (SqliteException exception) when (IsDamage(exception))
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
            connection.Execute(SearchStatements.Settings);
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

/// <summary>A notification whose old words are no longer in the search file.</summary>
/// <param name="Id">Of its newest pending removal at that time: a later one is not carried out yet.</param>
internal sealed record RemovedWords(long Sequence, long Id);
