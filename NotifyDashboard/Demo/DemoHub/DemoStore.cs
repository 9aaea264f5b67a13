namespace NotifyDashboard.Demo.DemoHub;

/// <summary>The folder of the demo hub's database: only this user may read it, and it is deleted when the hub stops.</summary>
internal sealed class DemoStore : IDisposable
{
    // Created with the rights 0700.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("notifydashboard-demo-");

    public string Folder => _folder.FullName;

    // Without a pool no file is still open when the folder is deleted.
    public string ConnectionString => $"Data Source={Path.Combine(Folder, "demo.db")};Pooling=False";

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The demo's folder {Folder} could not be deleted: {fault.Message} Delete it yourself.");
        }
    }
}
