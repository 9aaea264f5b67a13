using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// The process's only writer. SQLite admits one write transaction at a time: queueing here instead of at the file's lock puts appends first and keeps the
/// writes of this process from contending. "database is locked" can still come from another process. Each work is one transaction, durable when its task ends.
/// </summary>
/// <remarks>
/// A thread of its own: an fsync blocks, and blocking the pool's threads would delay every stream. The queues need no bound of
/// their own, because each entry has a caller that waits for it: there are never more than requests under way.
/// </remarks>
internal sealed class SqliteWriter : IStoreWriter, IDisposable
{
    // Seconds.
    private const int LockPatience = SqliteDataSource.LockPatience, LockPatienceSpent = 1;

    private const int TruncateAfter = 500; // ms

    // Milliseconds for readers to end: publishes wait meanwhile, and a program that ends leaves it to nobody.
    private const int ReaderPatience = 20, LastReaderPatience = 5000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Queue<Action> _appends = new();
    private readonly Queue<Action> _others = new();
    private readonly SqliteDataSource _source;
    private readonly DbConnection _connection;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly Thread _thread;
    private bool _stopping;
    private long _truncateSince; // 0: the write-ahead log holds nothing that has to go

    public SqliteWriter(SqliteDataSource source)
    {
        _source = source;
        _connection = source.Hold();
        _checkpoints = new SqliteCheckpoints(source);
        _thread = new Thread(Run) { Name = "store writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="work"/> in one transaction, before all works that are not appends.</summary>
    public Task<T> AppendAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work) =>
        Enqueue(_appends, (connection, transaction) => work((SqliteConnection)connection, (SqliteTransaction)transaction));

    /// <inheritdoc/>
    /// <remarks>After the appends that wait.</remarks>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work) => Enqueue(_others, work);

    /// <inheritdoc/>
    /// <remarks>Until it is emptied, the write-ahead log holds what was deleted from the database. A reader may hold it up; then it is tried again.</remarks>
    public void PurgeSoon()
    {
        Interlocked.CompareExchange(ref _truncateSince, Environment.TickCount64, 0);
        // Wakes the writer, which then waits no longer than it has to.
        _work.Release();
    }

    /// <inheritdoc/>
    public Task ProbeAsync() => WriteAsync((connection, transaction) =>
        // The same number again: SQLite writes it whether or not it differs.
        connection.Execute($"PRAGMA user_version={connection.ExecuteScalar<long>("PRAGMA user_version", transaction: transaction)}", transaction: transaction));

    private Task<T> Enqueue<T>(Queue<Action> queue, Func<DbConnection, DbTransaction, T> work)
    {
        // Continuations must not run on the writer's thread: they would hold up every other write.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            queue.Enqueue(() => Commit(work, done));
        }
        _work.Release();
        return done.Task;
    }

    private void Commit<T>(Func<DbConnection, DbTransaction, T> work, TaskCompletionSource<T> done)
    {
        DbTransaction? transaction = null;
        try
        {
            transaction = _connection.BeginTransaction();
            var result = work(_connection, transaction);
            // Before the commit: a transaction that is reported as failed must not be stored. A file removed during the commit is no different from one removed right after it.
            _source.CheckFiles();
            transaction.Commit();
            WaitForLocks(LockPatience);
            done.SetResult(result);
        }
        catch (Exception fault)
        {
            Undo(transaction);
            if (fault is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY }) WaitForLocks(LockPatienceSpent);
            done.SetException(fault);
            return;
        }
        _checkpoints.Note((SqliteConnection)_connection);
    }

    // After a transaction has waited in vain for another program's lock, those behind it wait only a second each. A commit restores the full time.
    private void WaitForLocks(int seconds) => ((SqliteConnection)_connection).DefaultTimeout = seconds;

    private static void Undo(DbTransaction? transaction)
    {
        try
        {
            transaction?.Dispose();
        }
        catch (SqliteException)
        {
            // A commit that failed for want of space or of a disk SQLite has undone already, and finds nothing left to undo. The first fault is the one to tell.
        }
    }

    private void Run()
    {
        while (true)
        {
            var since = Volatile.Read(ref _truncateSince);
            var woken = _work.Wait(since == 0 ? Timeout.Infinite : TruncateAfter);
            // After the work that waits, but not only when none does.
            if (since != 0 && (!woken || Environment.TickCount64 - since >= TruncateAfter)) Truncate(ReaderPatience);
            if (!woken) continue;
            Action? next;
            lock (_gate)
            {
                if (!_appends.TryDequeue(out next) && !_others.TryDequeue(out next) && _stopping)
                {
                    if (Volatile.Read(ref _truncateSince) != 0) Truncate(LastReaderPatience);
                    return;
                }
            }
            next?.Invoke();
        }
    }

    private void Truncate(int patience)
    {
        var busy = 1L;
        try
        {
            _connection.Execute($"PRAGMA busy_timeout={patience}");
            busy = _connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // A store in trouble: the next work meets it too and says so.
        }
        finally
        {
            _connection.Execute($"PRAGMA busy_timeout={SqliteDataSource.BusyTimeout}");
        }
        Volatile.Write(ref _truncateSince, busy == 0 ? 0 : Environment.TickCount64);
    }

    /// <summary>Ends after what was accepted is written.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping) return;
            _stopping = true;
        }
        _work.Release();
        _thread.Join();
        _source.Release();
        _checkpoints.Dispose();
        _connection.Dispose();
        _work.Dispose();
    }
}
