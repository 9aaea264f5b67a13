using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Tests.Testing;

/// <summary>A database's file is elsewhere until this is disposed.</summary>
internal sealed class MovedFile : IDisposable
{
    private readonly string _file;

    public MovedFile(SqliteDataSource source)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows moves no file that is open.");
        File.Move(_file = source.File, Away);
    }

    private string Away => _file + ".away";

    public void Dispose() => File.Move(Away, _file);
}
