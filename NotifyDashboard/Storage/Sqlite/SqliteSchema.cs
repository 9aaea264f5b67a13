using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Brings a database up to this version: the numbered scripts of <c>Migrations/</c> run once each, in order, every one in its own
/// transaction. <c>PRAGMA user_version</c> is the number of the last one. A database from a newer version is refused and left untouched.
/// </summary>
internal static class SqliteSchema
{
    // "Noti" in ASCII: distinguishes our files from any other program's SQLite database.
    private const int ApplicationId = 0x4E6F7469;
    private const string Folder = ".Migrations.";

    public static void Migrate(SqliteDataSource source)
    {
        try
        {
            CheckUntouched(source);
            source.CreateFile();
            using var connection = source.OpenConnection();
            var version = Check(connection, source.File);
            connection.Execute("PRAGMA journal_mode=WAL");
            CheckWritable(connection, version);
            foreach (var (number, script) in Scripts().Where(s => s.Number > version))
            {
                using var transaction = connection.BeginTransaction();
                connection.Execute(script, transaction: transaction);
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={number}; PRAGMA application_id={ApplicationId}"), transaction: transaction);
                transaction.Commit();
            }
        }
        // For example a password, which this build of SQLite does not support.
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw SqliteDataSource.Unusable(exception);
        }
        catch (SqliteException exception)
        {
            throw new StoreException($"The database {source.File} cannot be opened: {exception.Message} Nothing was changed; {Remedy(exception)}, or set Storage:ConnectionString to another file.", exception);
        }
    }

    // A read-only file can be opened, and would then refuse every publish. The transaction is rolled back, so nothing is written.
    private static void CheckWritable(DbConnection connection, long version)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={version}"), transaction: transaction);
    }

    private static string Remedy(SqliteException exception) => exception.SqliteErrorCode switch
    {
        5 => "end the other program that holds it",
        3 or 8 or 14 => "let the user that this runs as read and write the file and its folder",
        13 => "make room on the disk",
        _ => "mend it, restore a backup",
    };

    // Checks read-only first, so that a refused database stays as it is, its write-ahead file included.
    private static void CheckUntouched(SqliteDataSource source)
    {
        if (new FileInfo(source.File) is not { Exists: true, Length: > 0 }) return;
        using var connection = source.OpenReadOnly();
        Check(connection, source.File);
    }

    private static long Check(DbConnection connection, string file)
    {
        // First the application: the schema number of another program means nothing here.
        var application = connection.ExecuteScalar<long>("PRAGMA application_id");
        var empty = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master") == 0;
        if (application != ApplicationId && !empty)
            throw new StoreException($"The database {file} belongs to another program: set Storage:ConnectionString to another file. Nothing was changed.");
        var version = connection.ExecuteScalar<long>("PRAGMA user_version");
        var newest = Scripts().Max(s => s.Number);
        if (version > newest)
            throw new StoreException($"The database {file} is of a newer version (schema {version}, this program knows {newest}): start the newer program, or restore a backup. Nothing was changed.");
        return version;
    }

    private static IEnumerable<(int Number, string Script)> Scripts()
    {
        var assembly = typeof(SqliteSchema).Assembly;
        return from name in assembly.GetManifestResourceNames()
               where name.Contains(Folder, StringComparison.Ordinal) && name.Contains(".Sqlite.", StringComparison.Ordinal)
               let file = name[(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..]
               let number = int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture)
               orderby number
               select (number, Read(name));

        string Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}
