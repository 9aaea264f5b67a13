namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Creates the hub's files so that only its own user can read and write them, whatever the umask and the folder. The files that SQLite creates beside a database get the
/// permissions of the database.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly string[] Parts = ["", "-wal", "-shm", "-journal", "-head", "-search", "-search-wal", "-search-shm", "-search-journal"];

    /// <summary>Creates an empty file, which SQLite takes for an empty database, unless the file exists.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner });
            // The umask may remove the owner's permissions too.
            File.SetUnixFileMode(file.SafeFileHandle, Owner);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It exists, or it cannot be created: then opening it fails and reports why.
        }
    }

    /// <summary>The database and the files beside it that other users may read or write.</summary>
    public static IReadOnlyList<string> FindShared(string database) => OperatingSystem.IsWindows() ? [] :
        [.. new[] { database, Resolve(database) }.SelectMany(path => Parts.Select(part => path + part)).Distinct().Where(IsShared)];

    private static bool IsShared(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // For example the write-ahead file, which the last connection deletes when it closes.
            return false;
        }
    }

    // The settings may name a link: SQLite keeps its files beside the target of the link.
    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
