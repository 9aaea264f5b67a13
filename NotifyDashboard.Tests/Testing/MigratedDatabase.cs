using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Tests.Testing;

/// <summary>An empty database as the migrations leave it. A copy takes a fraction of the time that they do.</summary>
internal static class MigratedDatabase
{
    private static readonly Lazy<byte[]> Content = new(Make);

    public static void CopyTo(string file)
    {
        File.WriteAllBytes(file, Content.Value);
        // As the hub makes it: otherwise each start would warn.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static byte[] Make()
    {
        using var folder = new TemporaryFolder();
        // Closed before it is read: everything is in the one file then.
        using (var source = new SqliteDataSource(new StorageOptions { ConnectionString = "Data Source=template.db;Pooling=False" }, folder.Path)) SqliteSchema.Migrate(source);
        return File.ReadAllBytes(folder["template.db"]);
    }
}
