using System.Runtime.InteropServices;
using System.Text;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// The files of an open database, remembered by device and inode. SQLite goes on writing to a file that was deleted or moved away,
/// and everything stored there is lost.
/// </summary>
internal sealed class DatabaseFiles
{
    private readonly (string Path, byte[] Terminated, Identity Identity)[] _files;

    private DatabaseFiles((string, byte[], Identity)[] files) => _files = files;

    /// <param name="named">The path from the settings, which may be a link to another file.</param>
    /// <param name="opened">The path that SQLite reports: the other files are beside this one.</param>
    public static DatabaseFiles At(string named, string opened) => new([.. new[] { named, $"{opened}-wal", $"{opened}-shm" }.Select(path =>
    {
        var terminated = Encoding.UTF8.GetBytes(path + '\0');
        return (path, terminated, Identify(path, terminated) ?? throw new StoreException($"The database's file {path} vanished while it was opened; nothing was changed. Start again."));
    })]);

    /// <returns>The path of the first file that was moved, deleted or replaced; null when there is none.</returns>
    public string? FindMissing()
    {
        foreach (var (path, terminated, identity) in _files)
        {
            if (Identify(path, terminated) != identity) return path;
        }
        return null;
    }

    // On other systems than Linux only a missing file is noticed. Windows does not move open files anyway.
    private static Identity? Identify(string path, byte[] terminated)
    {
        if (!OperatingSystem.IsLinux()) return File.Exists(path) ? default(Identity) : null;
        var found = default(StatX);
        return Stat(CurrentFolder, terminated, 0, InodeWanted, ref found) == 0 ? new(found.DeviceMajor, found.DeviceMinor, found.Inode) : null;
    }

    private readonly record struct Identity(uint DeviceMajor, uint DeviceMinor, ulong Inode);

    private const int CurrentFolder = -100;

    private const uint InodeWanted = 0x100;

    // .NET does not expose inodes. The result of statx(2) has the same layout on every architecture; that of stat(2) has not.
    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(int folder, byte[] path, int flags, uint wanted, ref StatX found);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatX
    {
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }
}
