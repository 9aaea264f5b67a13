namespace NotifyDashboard.Demo.DemoHub;

/// <summary>The temporary folder of the demo hub's database: readable by this user only, and deleted when the hub stops.</summary>
internal sealed class DemoStore : IDisposable
{
    // .NET creates it with mode 0700 on Unix.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("notifydashboard-demo-");

    public string Folder => _folder.FullName;

    // Without connection pooling, no file is open when the folder is deleted.
    public string ConnectionString => $"Data Source={Path.Combine(Folder, "demo.db")};Pooling=False";

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The demo's folder {Folder} could not be deleted: {exception.Message} Delete it yourself.");
        }
    }
}
