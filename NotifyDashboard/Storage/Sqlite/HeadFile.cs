using System.Globalization;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// A small file beside the database with the newest sequence that was ever assigned, written after each commit. A backup of the database
/// does not contain it: a database that is behind it was restored, and one without it came from elsewhere.
/// </summary>
/// <remarks>Written after the commit, without an fsync: it is never ahead of the database that wrote it. It may be behind after a power cut, a crash or a failed write; then a restored backup may go unnoticed.</remarks>
internal sealed class HeadFile(string database) : IDisposable
{
    private FileStream? _file;

    public string Path { get; } = $"{database}-head";

    /// <summary>Whether a database with this head has every sequence that the file knows of. False where the file is missing or unreadable.</summary>
    public bool IsReachedBy(long head)
    {
        try
        {
            return long.TryParse(File.ReadAllText(Path), NumberStyles.None, CultureInfo.InvariantCulture, out var marked) && marked <= head;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes the newest sequence. A failure is ignored: the commit is valid without it.</summary>
    public void Record(long head)
    {
        try
        {
            if (_file is null) PrivateFiles.Create(Path);
            _file ??= new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            // Always the same length, so that each write replaces the previous one completely.
            Span<byte> digits = stackalloc byte[19];
            head.TryFormat(digits, out _, "D19", CultureInfo.InvariantCulture);
            RandomAccess.Write(_file.SafeFileHandle, digits, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The worst outcome: a restore goes unnoticed, or a start begins an epoch without need.
        }
    }

    public void Dispose() => _file?.Dispose();
}
