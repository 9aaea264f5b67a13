using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// The process's only writer. SQLite admits one write transaction at a time: waiting here instead of at the file's lock puts the append first and keeps the
/// writes of this process from contending. "database is locked" can still come from another process. Each work is one transaction, durable when its task ends.
/// </summary>
/// <remarks>
/// <para>Changes of the log do not queue here: they wait in <see cref="Hub.LogAppender"/>, which hands over one group of them and awaits its commit before it hands over the next.
/// So one append at most is pending, and it runs as soon as the current transaction ends. The queue holds only the writes of the other stores. It needs no bound,
/// because each entry has a caller that awaits it: there are never more than requests under way.</para>
/// <para>It has a thread of its own: an fsync blocks, and blocking the pool's threads would delay every stream.</para>
/// </remarks>
internal sealed class SqliteWriter : IStoreWriter, IDisposable
{
    // Seconds. The second one applies while another program holds the database's lock for long.
    private const int LockTimeout = SqliteDataSource.LockTimeout, ShortLockTimeout = 1;

    private const int TruncateAfter = 500; // ms

    // Milliseconds that a truncation waits for readers to end. Short while publishes wait behind it; long at shutdown, because nothing truncates afterwards.
    private const int ReaderTimeout = 20, ShutdownReaderTimeout = 5000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Queue<Action> _writes = new();
    private readonly SqliteDataSource _source;
    private readonly DbConnection _connection;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly Thread _thread;
    private Action? _append;
    private bool _stopping;
    private long _truncateSince; // milliseconds; 0: the write-ahead log holds no deleted content

    public SqliteWriter(SqliteDataSource source)
    {
        _source = source;
        _connection = source.Hold();
        _checkpoints = new SqliteCheckpoints(source);
        _thread = new Thread(Run) { Name = "store writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="work"/> in one transaction, before all writes that wait. One at a time: await it before the next call.</summary>
    /// <exception cref="InvalidOperationException">Another append is still pending.</exception>
    public Task<T> AppendAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work) => AcceptAsync<T>((connection, transaction) => work((SqliteConnection)connection, (SqliteTransaction)transaction), commit =>
    {
        if (_append is not null) throw new InvalidOperationException("Another append is still pending: await it first.");
        _append = commit;
    });

    /// <inheritdoc/>
    /// <remarks>After a pending append.</remarks>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work) => AcceptAsync(work, _writes.Enqueue);

    /// <inheritdoc/>
    /// <remarks>Until it is emptied, the write-ahead log holds what was deleted from the database. An open reader can prevent that; then the writer tries again.</remarks>
    public void PurgeSoon()
    {
        Interlocked.CompareExchange(ref _truncateSince, Environment.TickCount64, 0);
        // Wakes the writer, so that from now on it waits with a timeout.
        _work.Release();
    }

    /// <inheritdoc/>
    public Task ProbeAsync() => WriteAsync((connection, transaction) =>
        // Sets the number that is already set: SQLite writes it nevertheless.
        connection.Execute($"PRAGMA user_version={connection.ExecuteScalar<long>("PRAGMA user_version", transaction: transaction)}", transaction: transaction));

    private Task<T> AcceptAsync<T>(Func<DbConnection, DbTransaction, T> work, Action<Action> add)
    {
        // Continuations must not run on the writer's thread: they would hold up every other write.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            add(() => Commit(work, done));
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
            WaitForLocks(LockTimeout);
            done.SetResult(result);
        }
        catch (Exception exception)
        {
            Undo(transaction);
            if (exception is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY }) WaitForLocks(ShortLockTimeout);
            done.SetException(exception);
            return;
        }
        _checkpoints.OnCommitted((SqliteConnection)_connection);
    }

    // After one transaction has waited for another program's lock and failed, the next ones wait only a second each. A commit restores the full timeout.
    private void WaitForLocks(int seconds) => ((SqliteConnection)_connection).DefaultTimeout = seconds;

    private static void Undo(DbTransaction? transaction)
    {
        try
        {
            transaction?.Dispose();
        }
        catch (SqliteException)
        {
            // When a commit fails because the disk is full or broken, SQLite has already rolled back and reports that there is nothing to roll back. The caller gets the first exception.
        }
    }

    private void Run()
    {
        while (true)
        {
            var since = Volatile.Read(ref _truncateSince);
            var woken = _work.Wait(since == 0 ? Timeout.Infinite : TruncateAfter);
            // Due after a pause, but also while works keep coming.
            if (since != 0 && (!woken || Environment.TickCount64 - since >= TruncateAfter)) Truncate(ReaderTimeout);
            if (!woken) continue;
            Action? next;
            lock (_gate)
            {
                (next, _append) = (_append, null);
                if (next is null && !_writes.TryDequeue(out next) && _stopping)
                {
                    if (Volatile.Read(ref _truncateSince) != 0) Truncate(ShutdownReaderTimeout);
                    return;
                }
            }
            next?.Invoke();
        }
    }

    private void Truncate(int timeout)
    {
        var busy = 1L;
        try
        {
            _connection.Execute($"PRAGMA busy_timeout={timeout}");
            busy = _connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The store has an error: the next work fails with it too and reports it.
        }
        finally
        {
            _connection.Execute($"PRAGMA busy_timeout={SqliteDataSource.BusyTimeout}");
        }
        Volatile.Write(ref _truncateSince, busy == 0 ? 0 : Environment.TickCount64);
    }

    /// <summary>Writes everything that was accepted, then ends.</summary>
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
