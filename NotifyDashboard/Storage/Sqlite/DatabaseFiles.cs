using System.Runtime.InteropServices;
using System.Text;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// The files of an open database, remembered by what the system knows them by. SQLite goes on writing into a file that was deleted or
/// moved away, and what is stored there nobody finds again.
/// </summary>
internal sealed class DatabaseFiles
{
    private readonly (string Path, byte[] Terminated, Identity Identity)[] _files;

    private DatabaseFiles((string, byte[], Identity)[] files) => _files = files;

    /// <param name="named">As the settings name it, which may be a link to another file.</param>
    /// <param name="opened">What SQLite calls it: beside that one it keeps the others.</param>
    public static DatabaseFiles At(string named, string opened) => new([.. new[] { named, $"{opened}-wal", $"{opened}-shm" }.Select(path =>
    {
        var terminated = Encoding.UTF8.GetBytes(path + '\0');
        return (path, terminated, Look(path, terminated) ?? throw new StoreException($"The database's file {path} vanished while it was opened; nothing was changed. Start again."));
    })]);

    /// <returns>The first that is not at its path any more; null when all are.</returns>
    public string? FindMissing()
    {
        foreach (var (path, terminated, identity) in _files)
        {
            if (Look(path, terminated) != identity) return path;
        }
        return null;
    }

    // Elsewhere than on Linux only the absence is seen: Windows moves no open file anyway.
    private static Identity? Look(string path, byte[] terminated)
    {
        if (!OperatingSystem.IsLinux()) return File.Exists(path) ? default(Identity) : null;
        var found = default(StatX);
        return Stat(CurrentFolder, terminated, 0, InodeWanted, ref found) == 0 ? new(found.DeviceMajor, found.DeviceMinor, found.Inode) : null;
    }

    private readonly record struct Identity(uint DeviceMajor, uint DeviceMinor, ulong Inode);

    private const int CurrentFolder = -100;

    private const uint InodeWanted = 0x100;

    // .NET tells no inode. statx(2) looks the same on every architecture; stat(2) does not.
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
