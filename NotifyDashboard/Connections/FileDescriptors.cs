using System.Runtime.InteropServices;

namespace NotifyDashboard.Connections;

/// <summary>The number of files and sockets that the process may have open.</summary>
internal static class FileDescriptors
{
    /// <summary>The soft limit, which the .NET runtime has raised to the hard limit; null if it is unlimited or unknown.</summary>
    public static long? Limit()
    {
        // sys/resource.h
        var noFile = OperatingSystem.IsMacOS() ? 8 : 7;
        if (OperatingSystem.IsWindows() || GetLimit(noFile, out var limit) != 0) return null;
        return limit.Current is > 0 and < int.MaxValue ? (long)limit.Current : null;
    }

    /// <summary>The part of the limit that is left for connections; the rest is reserved for the database, its readers, the libraries and the log.</summary>
    public static int ForConnections(long limit) => (int)(limit - Math.Min(limit / 3, 200 + (limit / 50)));

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ResourceLimit
    {
        public readonly ulong Current, Max;
    }
}
