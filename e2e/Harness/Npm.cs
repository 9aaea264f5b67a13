using System.Diagnostics;
using NotifyDashboard.EndToEnd.Modules;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>An empty npm project with the package of the modules, as an application would install it.</summary>
public sealed class Npm : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("package-");

    public string this[string file] => Path.Combine(_project.FullName, file);

    /// <summary>Where npm is missing the test is skipped: a stranger's machine may have none, and nothing else needs it.</summary>
    public static async Task<Npm> StartAsync(params string[] packages)
    {
        Programs.Need("npm");
        var npm = new Npm();
        await RunInAsync(Path.Combine(FakeHub.Root(), "wwwroot-shared"), "npm", "pack", "--silent", "--pack-destination", npm._project.FullName);
        await npm.WriteAsync("package.json", """{"private":true,"type":"module"}""");
        await npm.RunAsync("npm", ["install", "--silent", "--no-audit", "--no-fund", Assert.Single(npm._project.GetFiles("*.tgz")).FullName, .. packages]);
        return npm;
    }

    public Task WriteAsync(string file, string text) => File.WriteAllTextAsync(this[file], text, TestContext.Current.CancellationToken);

    public Task RunAsync(string program, params string[] arguments) => RunInAsync(_project.FullName, program, arguments);

    private static async Task RunInAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var printed = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await printed}{complained}");
    }

    public void Dispose() => _project.Delete(recursive: true);
}
