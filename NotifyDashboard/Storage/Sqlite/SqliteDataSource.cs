using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Opens connections to the one database file, each with the settings that durability rests on.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    // synchronous=FULL is a setting of the connection, not of the file: WAL with NORMAL would lose acknowledged commits on a power cut.
    private const string Settings = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;";

    public SqliteDataSource(StorageOptions options, string contentRoot)
    {
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = 5 };
        File = connection.DataSource = Path.GetFullPath(connection.DataSource, contentRoot);
        CreateFolder(Path.GetDirectoryName(File)!);
        ConnectionString = connection.ToString();
    }

    /// <summary>The database file's full path.</summary>
    public string File { get; }

    public override string ConnectionString { get; }

    // The file holds the keys that protect cookies: a folder made here is for the service's user alone. One that is there keeps its rights.
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = CreateDbConnection();
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
}
