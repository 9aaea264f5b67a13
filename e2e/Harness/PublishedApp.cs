using System.Diagnostics;
using NotifyDashboard.EndToEnd.Modules;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>
/// The application as it is installed, with bundled modules. All browser tests run it when the environment's <c>NOTIFYDASHBOARD_APP</c> names its folder, as test.sh does;
/// without it they run what was built, and only tests of size publish it.
/// </summary>
public static class PublishedApp
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    /// <summary>The folder that the environment names; null: none.</summary>
    public static string? Given { get; } = Environment.GetEnvironmentVariable("NOTIFYDASHBOARD_APP");

    /// <summary>Where the browser modules are as browsers load them.</summary>
    public static string Modules { get; } = Given is null ? Path.Combine(FakeHub.Root(), "wwwroot-shared", "wwwroot") : Path.Combine(Given, "wwwroot", "shared");

    /// <summary>The published folder. Skips the test where Node is missing, which a publish needs.</summary>
    public static async Task<string> FolderAsync()
    {
        if (Given is not null) return Given;
        Programs.Need("node");
        return await Published.Value;
    }

    private static async Task<string> PublishAsync()
    {
        var folder = Path.Combine(FakeHub.Root(), "artifacts", "app");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", HubProcess.Project, "-c", "Release", "-o", folder, "--nologo", "-v", "quiet", "-nodeReuse:false"]) { RedirectStandardOutput = true })!;
        var printed = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, printed);
        return folder;
    }
}
