using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>The size of the database's files, and the room on their disk.</summary>
internal sealed class SqliteSpace(SqliteDataSource source) : IStoreSpace
{
    public StoreSpace? Read()
    {
        try
        {
            var folder = Path.GetDirectoryName(source.File)!;
            var disk = new DriveInfo(folder);
            var used = Directory.EnumerateFiles(folder, $"{Path.GetFileName(source.File)}*").Sum(file => new FileInfo(file).Length);
            return new(used, disk.AvailableFreeSpace, disk.TotalSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file vanished while it was measured, or the disk is not one of this machine.
            return null;
        }
    }
}
