using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Copies pages from the write-ahead file to the database, on a thread and a connection of its own. On the writer's connection each checkpoint would delay
/// publishes by the database's fsync, at a million rows by 25 ms and more (docs/performance.md).
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    // Pages of 4 KiB: how many are worth a checkpoint (SQLite's own default), and from how many on the writer has to help.
    private const int Worth = 1_000, TooMany = 4 * Worth;

    // sqlite3.h: SQLITE_DBSTATUS_CACHE_WRITE
    private const int PagesWritten = 9;

    private readonly DbConnection _connection;
    private readonly AutoResetEvent _due = new(false);
    private readonly Thread _thread;
    private volatile bool _isOvertaken;
    private volatile bool _stopping;
    private int _written; // pages since the last checkpoint was requested; used on the writer's thread only

    public SqliteCheckpoints(SqliteDataSource source)
    {
        _connection = source.OpenConnection();
        _thread = new Thread(Run) { Name = "store checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Called by the writer after each commit, with its connection.</summary>
    public void OnCommitted(SqliteConnection connection)
    {
        raw.sqlite3_db_status(connection.Handle, PagesWritten, out var written, out _, resetFlg: 1);
        _written += written;
        if (_isOvertaken)
        {
            // SQLite restarts the write-ahead log only after a checkpoint has copied all of it, and one in the background never catches up with a busy writer. Few pages are left to copy here.
            _isOvertaken = false;
            Checkpoint(connection);
        }
        if (_written < Worth) return;
        _written = 0;
        _due.Set();
    }

    private void Run()
    {
        while (_due.WaitOne() && !_stopping)
        {
            // The writer makes the next checkpoint: two at the same time refuse each other.
            if (_isOvertaken) continue;
            _isOvertaken = Checkpoint(_connection) > TooMany;
        }
    }

    /// <returns>The pages in the write-ahead file.</returns>
    private static long Checkpoint(DbConnection connection)
    {
        try
        {
            return connection.QuerySingle<(long Busy, long Pages, long Done)>("PRAGMA wal_checkpoint(PASSIVE)").Pages;
        }
        catch (SqliteException)
        {
            // The store has an error: the next commit fails with it too and reports it. Nothing is lost, the pages stay in the write-ahead file.
            return 0;
        }
    }

    /// <summary>Ends after the current checkpoint.</summary>
    public void Dispose()
    {
        _stopping = true;
        _due.Set();
        _thread.Join();
        _connection.Dispose();
        _due.Dispose();
    }
}
