using Dapper;
using Microsoft.Data.Sqlite;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// The work of the search index, one step at a time on the index's thread: opens the search file, deletes and adds words, and confirms to the database the removals that are on the disk.
/// ADR 11 draws the life of a removal.
/// </summary>
internal sealed class SearchIndexer(SqliteDataSource source, SqliteWriter writer, string epoch) : IDisposable
{
    private const string DeletePendingRemovals = "DELETE FROM search_leftovers WHERE sequence = @Sequence AND id <= @Id";

    private SearchFile? _file;
    private bool _isDamaged;

    /// <summary>Opens the file, unless it is open.</summary>
    /// <returns>How many sequences it lacked; 0 when it was open.</returns>
    public long Open()
    {
        if (_file is not null) return 0;
        // Within a write transaction of the database: a command that runs beside the server must not create or replace the file at the same moment.
        _file = writer.WriteAsync((_, _) =>
        {
            if (_isDamaged) SearchFile.Delete(source.SearchFile);
            return SearchFile.Open(source.SearchFile, source.File, epoch);
        }).GetAwaiter().GetResult();
        _isDamaged = false;
        return _file.Head - _file.Through;
    }

    /// <summary>Does a bounded amount of work on the open file.</summary>
    /// <returns>Whether there may be more to do.</returns>
    public bool Step() => !ConfirmRemovals(_file!) || _file!.Write();

    /// <summary>Closes the file after an exception; the next <see cref="Open"/> begins again, with an empty file if this one is damaged.</summary>
    public void Reset(Exception exception)
    {
        Dispose();
        _isDamaged |= exception is SqliteException damage && SearchFile.IsDamage(damage);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    // Only when the words are gone from the file and that is on the disk: until then the database keeps the words that have to be removed.
    private bool ConfirmRemovals(SearchFile file)
    {
        if (file.ReadRemoved() is not { Count: > 0 } removed) return true;
        if (!file.TryEmptyWal()) return false;
        writer.WriteAsync((connection, transaction) => connection.Execute(DeletePendingRemovals, removed, transaction)).GetAwaiter().GetResult();
        writer.PurgeSoon();
        file.ForgetRemoved(removed);
        return true;
    }
}
