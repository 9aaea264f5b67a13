using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Carries pages from the write-ahead file into the database, on a thread and a connection of its own: on the writer's each time would hold
/// publishes up for the database's fsync, at a million rows for 25 ms and more (docs/performance.md).
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    // Pages of 4 KiB: how many are worth a checkpoint, as SQLite itself thinks, and with how many the writer has to help.
    private const int Worth = 1_000, TooMany = 4 * Worth;

    // sqlite3.h: SQLITE_DBSTATUS_CACHE_WRITE
    private const int PagesWritten = 9;

    private readonly DbConnection _connection;
    private readonly AutoResetEvent _due = new(false);
    private readonly Thread _thread;
    private volatile bool _isOvertaken;
    private volatile bool _stopping;
    private int _written; // since the last one; the writer's

    public SqliteCheckpoints(SqliteDataSource source)
    {
        _connection = source.OpenConnection();
        _thread = new Thread(Run) { Name = "store checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The writer has committed on <paramref name="connection"/>.</summary>
    public void Note(SqliteConnection connection)
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
            // Two at once refuse each other.
            if (_isOvertaken) continue;
            _isOvertaken = Checkpoint(_connection) > TooMany;
        }
    }

    /// <summary>How many pages the file has.</summary>
    private static long Checkpoint(DbConnection connection)
    {
        try
        {
            return connection.QuerySingle<(long Busy, long Pages, long Done)>("PRAGMA wal_checkpoint(PASSIVE)").Pages;
        }
        catch (SqliteException)
        {
            // A store in trouble: the next commit meets it too and says so. Nothing is lost, it stays in the write-ahead file.
            return 0;
        }
    }

    /// <summary>Ends after the checkpoint that runs.</summary>
    public void Dispose()
    {
        _stopping = true;
        _due.Set();
        _thread.Join();
        _connection.Dispose();
        _due.Dispose();
    }
}
