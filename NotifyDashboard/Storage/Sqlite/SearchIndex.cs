using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;
using SQLitePCL;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Indexes words behind the log, on a thread of its own and in a file of its own beside the database: within the append, merging the index held up publishes (ADR 11). A search waits until
/// everything stored before it is indexed. The file needs no backup: where it is missing or does not fit, it is rebuilt, and searched meanwhile as far as it goes.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    // Many at once cost less than one by one; a search that waits ends the pause.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), PauseAfterFault = TimeSpan.FromSeconds(1);

    /// <summary>How long a search waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PauseWhenBusy = TimeSpan.FromMilliseconds(10);

    private const int MostBusy = 20;

    // So many take a moment: that is worth a line in the log, and searches do not wait for it.
    private const int Many = 10_000;

    private const string DeleteLeftovers = "DELETE FROM search_leftovers WHERE sequence = @Sequence AND id <= @Id";

    private readonly SqliteDataSource _source;
    private readonly SqliteWriter _writer;
    private readonly ILogger _logger;
    private readonly string _epoch;
    private readonly AutoResetEvent _due = new(true), _hurry = new(false);
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private List<TaskCompletionSource> _waiting = [];
    private SearchFile? _file;
    private long _noted, _indexed = -1;
    private bool _isBroken;
    private int _busy; // times in a row
    private volatile bool _isRebuilding, _stopping;

    /// <param name="epoch">The newest of the log.</param>
    public SearchIndex(SqliteDataSource source, SqliteWriter writer, string epoch, ILogger logger)
    {
        (_source, _writer, _epoch, _logger) = (source, writer, epoch, logger);
        _thread = new Thread(Run) { Name = "search index", IsBackground = true };
        _thread.Start();
    }

    private string File => _source.SearchFile;

    /// <summary>Something was appended or trimmed.</summary>
    public void Note()
    {
        // The next start indexes it.
        if (_stopping) return;
        Interlocked.Increment(ref _noted);
        _due.Set();
    }

    /// <summary>Waits until what was stored before can be found; while the index is rebuilt, not at all.</summary>
    /// <exception cref="SearchUnavailableException">The index cannot be used now.</exception>
    public async Task GetReadyAsync(CancellationToken cancellation)
    {
        try
        {
            if (!_isRebuilding) await CatchUpAsync(cancellation);
        }
        catch (SearchUnavailableException) when (_isRebuilding)
        {
            // The rebuild began while this search waited for it.
        }
    }

    /// <summary>At most <paramref name="rows"/> sequences, newest first, of what is in the index.</summary>
    /// <param name="match">An FTS5 query.</param>
    /// <exception cref="SearchUnavailableException">The index cannot be used now.</exception>
    public async Task<SearchHits> FindAsync(string match, long floor, long before, int rows, CancellationToken cancellation)
    {
        var isIncomplete = _isRebuilding;
        try
        {
            return new(await SearchFile.FindAsync(File, match, floor, before, rows, cancellation), isIncomplete);
        }
        catch (SqliteException fault)
        {
            throw new SearchUnavailableException(fault);
        }
    }

    /// <summary>Waits until everything stored before the call is indexed, and the words of updated and retracted notifications are erased from the search file.</summary>
    /// <exception cref="SearchUnavailableException">The index is being made, or cannot be written now.</exception>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        try
        {
            await IndexedAsync().WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException late)
        {
            throw new SearchUnavailableException(late);
        }
    }

    private Task IndexedAsync()
    {
        if (Volatile.Read(ref _indexed) == Volatile.Read(ref _noted)) return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _waiting.Add(done);
        _hurry.Set();
        return done.Task;
    }

    private void Run()
    {
        while (true)
        {
            if (WaitHandle.WaitAny([_due, _hurry]) == 0 && !_stopping) _hurry.WaitOne(Pause);
            if (_stopping) break;
            try
            {
                Index();
            }
            catch (Exception fault)
            {
                // Whatever it was: on a thread of its own it would end the process.
                Fail(fault);
            }
        }
        _file?.Dispose();
        foreach (var waiting in TakeWaiting()) waiting.SetException(new SearchUnavailableException());
    }

    private void Index()
    {
        var (noted, waiting) = (Volatile.Read(ref _noted), TakeWaiting());
        try
        {
            while (!_stopping && Step()) { }
        }
        catch (Exception fault)
        {
            foreach (var task in waiting) task.SetException(new SearchUnavailableException(fault));
            throw;
        }
        (_isBroken, _isRebuilding) = (false, false);
        if (!_stopping) Volatile.Write(ref _indexed, noted);
        foreach (var task in waiting) task.SetResult();
    }

    /// <returns>Whether there is more.</returns>
    private bool Step()
    {
        var file = _file ??= Open();
        return !TellTakenOut(file) || TryWrite(file);
    }

    // A command beside the server has an index of its own on the same file: what it wrote between our reading and our writing refuses ours at once.
    private bool TryWrite(SearchFile file)
    {
        try
        {
            var more = file.Write();
            _busy = 0;
            return more;
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == raw.SQLITE_BUSY && ++_busy < MostBusy)
        {
            _hurry.WaitOne(PauseWhenBusy);
            return true;
        }
    }

    // Only once the words are out of the file, on the disk: until then the database keeps what they were.
    private bool TellTakenOut(SearchFile file)
    {
        if (file.ReadTakenOut() is not { Count: > 0 } taken) return true;
        if (!file.TryEmptyWal()) return false;
        _writer.WriteAsync((connection, transaction) => connection.Execute(DeleteLeftovers, taken, transaction)).GetAwaiter().GetResult();
        _writer.PurgeSoon();
        file.ForgetTakenOut(taken);
        return true;
    }

    private SearchFile Open()
    {
        // Within a write transaction of the database: a command that runs beside the server must not create or replace the file at the same moment.
        var file = _writer.WriteAsync((_, _) => SearchFile.Open(File, _source.File, _epoch)).GetAwaiter().GetResult();
        if (file.Head - file.Through is > Many and var lacking)
        {
            _isRebuilding = true;
            StorageLog.Indexing(_logger, File, lacking);
        }
        return file;
    }

    private void Fail(Exception fault)
    {
        if (!_isBroken) StorageLog.NotIndexed(_logger, File, fault);
        (_isBroken, _isRebuilding) = (true, false);
        _file?.Dispose();
        _file = null;
        if (fault is SqliteException damage && SearchFile.IsDamage(damage)) SearchFile.Delete(File);
        Volatile.Write(ref _indexed, -1);
        _hurry.WaitOne(PauseAfterFault);
        _due.Set();
    }

    private List<TaskCompletionSource> TakeWaiting()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    /// <summary>Ends after the commit that is under way.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _hurry.Set();
        _thread.Join();
        _due.Dispose();
        _hurry.Dispose();
    }
}

/// <summary>What a search found.</summary>
/// <param name="Sequences">Newest first.</param>
/// <param name="IsIncomplete">Not everything was indexed.</param>
internal readonly record struct SearchHits(List<long> Sequences, bool IsIncomplete);
