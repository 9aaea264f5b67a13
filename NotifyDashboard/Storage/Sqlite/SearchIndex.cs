using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Indexes words behind the log, on a thread of its own and in a file of its own beside the database: within the append, merging the index held up publishes (ADR 11). A search waits until
/// everything stored before it is indexed. The file needs no backup: one that is missing or does not fit is rebuilt, and meanwhile searches find what is already in it.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    // Many changes at once cost less than one by one; a search that waits ends the pause.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), PauseAfterError = TimeSpan.FromSeconds(1);

    /// <summary>How long a search waits.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // From here on indexing takes a moment: it is logged, and searches do not wait for it.
    private const int Many = 10_000;

    private readonly SqliteDataSource _source;
    private readonly SearchIndexer _indexer;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _due = new(true), _hurry = new(false);
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private List<TaskCompletionSource> _waiting = [];
    private long _signals, _indexed = -1; // _indexed: the number of signals when the last complete run began; -1: none yet, or an error
    private bool _isBroken;
    private volatile bool _isRebuilding, _stopping;

    /// <param name="epoch">The newest of the log.</param>
    public SearchIndex(SqliteDataSource source, SqliteWriter writer, string epoch, ILogger logger)
    {
        (_source, _indexer, _logger) = (source, new(source, writer, epoch), logger);
        _thread = new Thread(Run) { Name = "search index", IsBackground = true };
        _thread.Start();
    }

    private string File => _source.SearchFile;

    /// <summary>Something was appended or trimmed.</summary>
    public void Signal()
    {
        // The next start indexes it.
        if (_stopping) return;
        Interlocked.Increment(ref _signals);
        _due.Set();
    }

    /// <summary>Waits until everything stored before the call can be found. Does not wait while the index is rebuilt.</summary>
    /// <exception cref="SearchUnavailableException">The index cannot be used now.</exception>
    public async Task GetReadyAsync(CancellationToken cancellation)
    {
        try
        {
            if (!_isRebuilding) await CatchUpAsync(cancellation);
        }
        catch (SearchUnavailableException) when (_isRebuilding)
        {
            // The rebuild began while this search waited.
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
        catch (SqliteException exception)
        {
            throw new SearchUnavailableException(exception);
        }
    }

    /// <summary>Waits until everything stored before the call is indexed, and the words of updated and retracted notifications are erased from the search file.</summary>
    /// <exception cref="SearchUnavailableException">The index is being rebuilt, or cannot be written now.</exception>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        try
        {
            await IndexedAsync().WaitAsync(Timeout, cancellation);
        }
        catch (TimeoutException late)
        {
            throw new SearchUnavailableException(late);
        }
    }

    private Task IndexedAsync()
    {
        if (Volatile.Read(ref _indexed) == Volatile.Read(ref _signals)) return Task.CompletedTask;
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
            catch (Exception exception)
            {
                // Every exception: one that leaves this thread would end the process.
                Fail(exception);
            }
        }
        _indexer.Dispose();
        foreach (var waiting in TakeWaiting()) waiting.SetException(new SearchUnavailableException());
    }

    private void Index()
    {
        var (signals, waiting) = (Volatile.Read(ref _signals), TakeWaiting());
        try
        {
            if (_indexer.Open() is > Many and var lacking)
            {
                _isRebuilding = true;
                StorageLog.Indexing(_logger, File, lacking);
            }
            while (!_stopping && _indexer.Step()) { }
        }
        catch (Exception exception)
        {
            foreach (var task in waiting) task.SetException(new SearchUnavailableException(exception));
            throw;
        }
        (_isBroken, _isRebuilding) = (false, false);
        if (!_stopping) Volatile.Write(ref _indexed, signals);
        foreach (var task in waiting) task.SetResult();
    }

    private void Fail(Exception exception)
    {
        if (!_isBroken) StorageLog.NotIndexed(_logger, File, exception);
        (_isBroken, _isRebuilding) = (true, false);
        _indexer.Reset(exception);
        Volatile.Write(ref _indexed, -1);
        _hurry.WaitOne(PauseAfterError);
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

    /// <summary>Ends after the current commit.</summary>
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
