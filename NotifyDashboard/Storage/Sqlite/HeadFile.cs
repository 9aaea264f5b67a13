using System.Globalization;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>
/// A small file beside the database with the newest sequence that was ever given out, written after each commit. No copy of the database
/// takes it along: a database that is behind it was restored, and one without it came from elsewhere.
/// </summary>
/// <remarks>Written after the commit, without an fsync: it is never ahead of the database that wrote it. It may be behind after a power cut, a crash or a failed write; then a restored backup may go unnoticed.</remarks>
internal sealed class HeadFile(string database) : IDisposable
{
    private FileStream? _file;

    public string Path { get; } = $"{database}-head";

    /// <summary>Whether the database has everything that was given out, as far as one can know.</summary>
    public bool IsReachedBy(long head)
    {
        try
        {
            return long.TryParse(File.ReadAllText(Path), NumberStyles.None, CultureInfo.InvariantCulture, out var marked) && marked <= head;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Notes the newest sequence. Where that fails the commit stands nevertheless.</summary>
    public void Note(long head)
    {
        try
        {
            if (_file is null) PrivateFiles.Create(Path);
            _file ??= new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            // Of one length, so that each overwrites all of the one before.
            Span<byte> digits = stackalloc byte[19];
            head.TryFormat(digits, out _, "D19", CultureInfo.InvariantCulture);
            RandomAccess.Write(_file.SafeFileHandle, digits, 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // At the worst a restore is not noticed, or a start begins an epoch that it need not.
        }
    }

    public void Dispose() => _file?.Dispose();
}
