using Microsoft.Data.Sqlite;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Tests.Testing;

/// <summary>A migrated database file and its writer.</summary>
internal sealed class SqliteStore : ITestDatabase, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SqliteStore()
    {
        MigratedDatabase.CopyTo(File);
        Source = new SqliteDataSource(new StorageOptions { ConnectionString = "Data Source=store.db" }, _folder.Path);
        SqliteSchema.Migrate(Source);
        Writer = new SqliteWriter(Source);
    }

    /// <summary>The database's file.</summary>
    public string File => _folder["store.db"];

    public SqliteDataSource Source { get; }

    public SqliteWriter Writer { get; private set; }

    public Database Database => new(Source, Writer);

    public static Task<ITestDatabase> OpenAsync() => Task.FromResult<ITestDatabase>(new SqliteStore());

    public IDisposable Fail() => new MovedFile(Source);

    /// <summary>Ends the writer and starts another, as a restart would; <paramref name="between"/> happens while nobody has the files open.</summary>
    public void Restart(Action? between = null)
    {
        Writer.Dispose();
        if (between is not null)
        {
            SqliteConnection.ClearAllPools();
            between();
            SqliteSchema.Migrate(Source);
        }
        Writer = new SqliteWriter(Source);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    public void Dispose()
    {
        Writer.Dispose();
        Source.Dispose();
        _folder.Dispose();
    }
}
