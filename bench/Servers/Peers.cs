using System.Diagnostics;
using NotifyDashboard.Bench.Reporting;

namespace NotifyDashboard.Bench.Servers;

/// <summary>Makes the servers that were asked for; what has to be built or fetched for them is made once, and taken away with this.</summary>
internal sealed class Peers : IDisposable
{
    /// <summary>The two builds of <c>--app BEFORE,AFTER</c>, which take the hub's place.</summary>
    public const string Before = "before", After = "after";

    private static readonly string[] All = ["hub", "nchan", "better-sse", "naive", "raw"];

    private readonly Options _options;
    private readonly string _folder;
    private readonly string[] _apps;

    public Peers(Options options)
    {
        _options = options;
        string[] asked = [.. options.List("server", "hub").SelectMany(name => name == "all" ? All : [name])];
        if (asked.Except(All).FirstOrDefault() is { } unknown) throw new BenchException($"There is no server \"{unknown}\": {string.Join(", ", All)} or all.");
        _folder = Directory.CreateDirectory(Path.Combine(options.Scratch, $"notifydashboard-bench-{Guid.NewGuid():N}")).FullName;
        _apps = [.. options.List("app", Path.Combine(_folder, "app")).Select(Path.GetFullPath)];
        if (_apps.Length > 2) throw new BenchException("--app takes one folder, or two to compare: BEFORE,AFTER.");
        if (IsComparison && Array.Find(_apps, app => !Directory.Exists(app)) is { } missing) throw new BenchException($"There is no published hub in {missing}.");
        Names = [.. asked.Where(CanRun).SelectMany(name => name == "hub" && IsComparison ? [Before, After] : new[] { name })];
    }

    public bool IsComparison => _apps.Length == 2;

    /// <summary>Those that can run here.</summary>
    public IReadOnlyList<string> Names { get; }

    public static string File(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);

    public ServerUnderTest Create(string name) => name switch
    {
        "hub" or Before => new HubServer(name, _options, _apps[0]),
        After => new HubServer(name, _options, _apps[1]),
        "nchan" => new NchanServer(_options),
        "better-sse" => new BetterSseServer(_options, _folder),
        _ => new OwnServer(_options, name),
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private bool CanRun(string name)
    {
        var missing = name switch
        {
            "hub" => Directory.Exists(_apps[0]) ? null : Run("dotnet", ["publish", Options.Project, "-c", "Release", "-o", _apps[0], "--nologo", "-v", "quiet"]),
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
