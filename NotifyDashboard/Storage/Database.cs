using System.Data.Common;
using Dapper;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>The database as the stores use it: every read has a connection of its own, writes run one after another. An exception of the database becomes a <see cref="StoreUnavailableException"/> here.</summary>
/// <remarks>Awaits without the caller's context: data protection has a synchronous interface and may block on a result in a renderer's context.</remarks>
internal sealed class Database(DbDataSource source, IStoreWriter writer)
{
    /// <exception cref="StoreUnavailableException"/>
    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation) => TryAsync(async () =>
    {
        await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        return await read(connection).ConfigureAwait(false);
    });

    /// <summary>All rows of one statement.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string statement, object? parameters, CancellationToken cancellation) => ReadAsync<IReadOnlyList<T>>(
        async connection => (await connection.QueryAsync<T>(new CommandDefinition(statement, parameters, cancellationToken: cancellation)).ConfigureAwait(false)).AsList(), cancellation);

    /// <summary>The only row of one statement, or null.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<T?> FindAsync<T>(string statement, object? parameters, CancellationToken cancellation) => ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<T>(new CommandDefinition(statement, parameters, cancellationToken: cancellation)), cancellation);

    /// <inheritdoc cref="IStoreWriter.WriteAsync"/>
    /// <exception cref="StoreUnavailableException">Nothing was stored.</exception>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work) => TryAsync(() => writer.WriteAsync(work));

    /// <inheritdoc cref="IStoreWriter.PurgeSoon"/>
    public void PurgeSoon() => writer.PurgeSoon();

    /// <summary>The one place where an exception of the database becomes the hub's.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public static async Task<T> TryAsync<T>(Func<Task<T>> access)
    {
        try
        {
            return await access().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or ObjectDisposedException)
        {
            throw new StoreUnavailableException("The store is not available.", exception);
        }
    }
}
