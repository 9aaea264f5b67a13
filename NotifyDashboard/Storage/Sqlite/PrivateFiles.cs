namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// Makes the hub's files for the user alone that it runs as, whatever the umask and the folder. What SQLite keeps beside a database has the
/// rights of the database.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly string[] Parts = ["", "-wal", "-shm", "-journal", "-head", "-search", "-search-wal", "-search-shm", "-search-journal"];

    /// <summary>Makes an empty file, which is an empty database to SQLite, unless there is one.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner });
            // The umask may take from the owner too.
            File.SetUnixFileMode(file.SafeFileHandle, Owner);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is there, or it cannot be made: then whoever opens it says why.
        }
    }

    /// <summary>The database and what is kept beside it, as far as others may read or write it.</summary>
    public static IReadOnlyList<string> FindShared(string database) => OperatingSystem.IsWindows() ? [] :
        [.. new[] { database, Resolve(database) }.SelectMany(path => Parts.Select(part => path + part)).Distinct().Where(IsShared)];

    private static bool IsShared(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Such as the write-ahead file that the last connection has just taken with it.
            return false;
        }
    }

    // The settings may name a link: SQLite keeps its files beside the target.
    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
