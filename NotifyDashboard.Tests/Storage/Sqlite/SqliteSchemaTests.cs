using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Migrating_twice_changes_nothing()
    {
        Migrate("data/new.db");
        var before = Hash("data/new.db");
        Migrate("data/new.db");
        Assert.Equal(before, Hash("data/new.db"));
    }

    [Fact]
    public void Database_of_a_newer_version_is_refused_with_a_message_and_unchanged()
    {
        Migrate("newer.db");
        Execute("newer.db", "PRAGMA user_version=9999");
        Assert.Equal(
            $"The database {_folder["newer.db"]} is of a newer version (schema 9999, this program knows {Newest()}): start the newer program, or restore a backup. Nothing was changed.",
            Refusal("newer.db"));
    }

    [Theory]
    [InlineData("CREATE TABLE theirs (x)")]
    [InlineData("CREATE TABLE theirs (x); PRAGMA user_version=9999")]
    [InlineData("CREATE TABLE theirs (x); PRAGMA application_id=1")]
    [InlineData("CREATE TABLE notifications (x); PRAGMA user_version=1")]
    public void Database_of_another_program_is_refused_and_unchanged(string script)
    {
        Execute("foreign.db", script);
        Assert.Contains("belongs to another program", Refusal("foreign.db"), StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_no_database_is_refused_and_unchanged()
    {
        File.WriteAllText(_folder["garbage.db"], new string('x', 5_000));
        Assert.Contains("cannot be opened", Refusal("garbage.db"), StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_database_is_refused_and_unchanged()
    {
        Migrate("short.db");
        SqliteConnection.ClearAllPools();
        using (var file = File.OpenWrite(_folder["short.db"])) file.SetLength(4_096 + 100);
        Assert.Contains("short.db", Refusal("short.db"), StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_database_keeps_its_write_ahead_file()
    {
        Migrate("newer.db");
        // The files as after the process was killed.
        using (var writing = new SqliteConnection($"Data Source={_folder["newer.db"]};Pooling=False"))
        {
            writing.Open();
            writing.Execute("PRAGMA user_version=9999");
            File.Copy(_folder["newer.db"], _folder["left.db"]);
            File.Copy(_folder["newer.db-wal"], _folder["left.db-wal"]);
        }
        var unmerged = Hash("left.db-wal");
        Assert.Contains("of a newer version", Refusal("left.db"), StringComparison.Ordinal);
        Assert.Equal(unmerged, Hash("left.db-wal"));
    }

    [Fact]
    public void Folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(_folder["folder.db"]);
        var refused = Assert.Throws<StoreException>(() => Migrate("folder.db"));
        Assert.Contains("folder.db cannot be opened", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["folder.db"]));
    }

    [Fact]
    public void Folder_that_cannot_be_created_is_reported()
    {
        File.WriteAllText(_folder["data"], "a file");
        var refused = Assert.Throws<StoreException>(() => Migrate("data/hub.db"));
        Assert.Contains("cannot be made", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Refusal(string file)
    {
        var before = Hash(file);
        var refused = Assert.Throws<StoreException>(() => Migrate(file));
        Assert.Equal(before, Hash(file));
        return refused.Message;
    }

    private void Migrate(string file)
    {
        using var source = new SqliteDataSource(new StorageOptions { ConnectionString = $"Data Source={file}" }, _folder.Path);
        SqliteSchema.Migrate(source);
    }

    private void Execute(string file, string script)
    {
        using var connection = new SqliteConnection($"Data Source={_folder[file]};Pooling=False");
        connection.Execute(script);
    }

    private long Newest()
    {
        Migrate("newest.db");
        using var connection = new SqliteConnection($"Data Source={_folder["newest.db"]};Pooling=False");
        return connection.ExecuteScalar<long>("PRAGMA user_version");
    }

    private string Hash(string file)
    {
        SqliteConnection.ClearAllPools();
        return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder[file])));
    }
}
