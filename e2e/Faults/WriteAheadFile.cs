using System.Buffers.Binary;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>SQLite's write-ahead file, as https://www.sqlite.org/fileformat2.html#walformat describes it.</summary>
internal static class WriteAheadFile
{
    /// <summary>How many commits stand in it, and the mark that changes when it begins anew.</summary>
    public static (ulong Mark, int Commits) Read(string database)
    {
        using var file = new FileStream($"{database}-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[32];
        file.ReadExactly(header);
        var mark = BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(16));
        var frame = new byte[24 + BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8))];
        var commits = 0;
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length && BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8)) == mark)
        {
            if (BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4)) != 0) commits++;
        }
        return (mark, commits);
    }
}
