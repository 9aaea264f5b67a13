using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Opens connections to the one database file, each with the settings that durability depends on.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    // synchronous=FULL is a setting of the connection, not of the file: WAL with NORMAL would lose acknowledged commits on a power cut.
    // busy_timeout is short because the command repeats the wait until its own timeout (LockTimeout).
    private const string Settings = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=" + BusyTimeout;

    /// <summary>Milliseconds that SQLite itself waits for a lock.</summary>
    public const string BusyTimeout = "100";

    /// <summary>Seconds that a command waits for another program's lock.</summary>
    public const int LockTimeout = 5;

    private const string OpenedFile = "SELECT file FROM pragma_database_list WHERE name = 'main'";

    private readonly string _given;
    private string _connectionString;
    private DatabaseFiles? _held;

    /// <exception cref="StoreException">The connection string is wrong, or there is no folder for the file and none can be made.</exception>
    public SqliteDataSource(StorageOptions options, string contentRoot)
    {
        try
        {
            var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = LockTimeout };
            File = connection.DataSource = Path.GetFullPath(connection.DataSource, contentRoot);
            _given = _connectionString = connection.ToString();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw Unusable(exception);
        }
        CreateFolder(Path.GetDirectoryName(File)!);
    }

    /// <summary>The database file's full path.</summary>
    public string File { get; }

    /// <summary>The full path of the file with the words (<see cref="SearchFile"/>).</summary>
    public string SearchFile => $"{File}-search";

    public override string ConnectionString => _connectionString;

    /// <summary>Creates the file if the connection string allows SQLite to create it.</summary>
    public void CreateFile()
    {
        if (new SqliteConnectionStringBuilder(_given).Mode == SqliteOpenMode.ReadWriteCreate) PrivateFiles.Create(File);
    }

    /// <summary>
    /// Opens the connection that keeps the files open as long as it lives. Until <see cref="Release"/> exactly these files are the database: while one
    /// of them is not at its path, no connection is opened, and none is created in its place.
    /// </summary>
    public DbConnection Hold()
    {
        _connectionString = new SqliteConnectionStringBuilder(_connectionString) { Mode = SqliteOpenMode.ReadWrite }.ToString();
        var connection = OpenConnection();
        // A read creates the files beside the database; they stay until the last connection closes.
        connection.ExecuteScalar<long>("PRAGMA user_version");
        _held = DatabaseFiles.At(File, connection.ExecuteScalar<string>(OpenedFile)!);
        return connection;
    }

    /// <summary>Call before that connection closes: the last one to close deletes the files beside the database.</summary>
    public void Release() => _held = null;

    /// <exception cref="SqliteException">A file was moved or deleted, so anything stored now would be lost. It works again when the file is back.</exception>
    public void CheckFiles()
    {
        const int readOnly = 8, readOnlyMoved = 1032;
        if (_held?.FindMissing() is { } missing) throw new SqliteException($"The database's file {missing} was moved or deleted while it was open.", readOnly, readOnlyMoved);
    }

    /// <summary>A connection that changes nothing, not even when it closes: the last writable connection would merge the write-ahead file.</summary>
    public DbConnection OpenReadOnly() =>
        Open(new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()));

    /// <summary>Closes the pooled connections: afterwards the files may be moved or deleted.</summary>
    protected override void Dispose(bool disposing)
    {
        foreach (var text in new[] { _given, _connectionString })
        {
            using var pooled = new SqliteConnection(text);
            SqliteConnection.ClearPool(pooled);
        }
        base.Dispose(disposing);
    }

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection()
    {
        // A new connection to other files than those in use would read a mixture of both, or begin an empty database.
        CheckFiles();
        return Open(CreateDbConnection());
    }

    // The base class would open the connection without the check and the settings.
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) => new(OpenDbConnection());

    private static DbConnection Open(DbConnection connection)
    {
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The exception for a connection string that cannot be used.</summary>
    public static StoreException Unusable(Exception exception) =>
        new($"Storage:ConnectionString cannot be used: {exception.Message.Split('\n')[0].Trim().TrimEnd('.')}. Give one such as \"Data Source=data/notifydashboard.db\".", exception);

    // The database holds the keys that protect cookies, so only the service's user gets access to a folder created here. An existing folder keeps its permissions.
    private void CreateFolder(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The folder of the database {File} cannot be made: {exception.Message.TrimEnd('.')}. Make it, or set Storage:ConnectionString to another file.", exception);
        }
    }
}
