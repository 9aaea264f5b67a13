using System.Diagnostics;
using NotifyDashboard.Bench.Reporting;

namespace NotifyDashboard.Bench.Servers;

/// <summary>Makes the servers that were asked for; what has to be built or fetched for them is made once, and taken away with this.</summary>
internal sealed class Peers : IDisposable
{
    private static readonly string[] All = ["hub", "nchan", "better-sse", "naive", "raw"];

    private readonly Options _options;
    private readonly string _folder;
    private readonly string _app;

    public Peers(Options options)
    {
        _options = options;
        string[] asked = [.. options.List("server", "hub").SelectMany(name => name == "all" ? All : [name])];
        if (asked.Except(All).FirstOrDefault() is { } unknown) throw new BenchException($"There is no server \"{unknown}\": {string.Join(", ", All)} or all.");
        _folder = Directory.CreateDirectory(Path.Combine(options.Scratch, $"notifydashboard-bench-{Guid.NewGuid():N}")).FullName;
        _app = Path.GetFullPath(options.Text("app", Path.Combine(_folder, "app")));
        Names = [.. asked.Where(CanRun)];
    }

    /// <summary>Those that can run here.</summary>
    public IReadOnlyList<string> Names { get; }

    public static string File(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);

    public ServerUnderTest Create(string name) => name switch
    {
        "hub" => new HubServer(_options, _app),
        "nchan" => new NchanServer(_options),
        "better-sse" => new BetterSseServer(_options, _folder),
        _ => new OwnServer(_options, name),
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private bool CanRun(string name)
    {
        var missing = name switch
        {
            "hub" => Directory.Exists(_app) ? null : Run("dotnet", ["publish", Options.Project, "-c", "Release", "-o", _app, "--nologo", "-v", "quiet"]),
            "nchan" => NchanServer.IsInstalled ? null : NchanServer.Missing,
            "better-sse" => InstallBetterSse(),
            _ => null,
        };
        if (missing is not null) Console.Error.WriteLine($"{name} is skipped: {missing}.");
        return missing is null;
    }

    private string? InstallBetterSse()
    {
        foreach (var name in new[] { "package.json", "better-sse.mjs" }) System.IO.File.Copy(File(name), Path.Combine(_folder, name));
        return Run("npm", ["install", "--no-audit", "--no-fund", "--silent", "--prefix", _folder]);
    }

    // What went wrong, or null.
    private static string? Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            var printed = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program} {arguments[0]} failed {printed}".TrimEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"{program} is not installed";
        }
    }
}
