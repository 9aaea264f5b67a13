using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>The server as it is built, in a process of its own, with an empty database. It can be stopped, killed and started again.</summary>
public sealed partial class HubProcess : IAsyncDisposable
{
    public const string ApiKey = "end-to-end-key-0123456789-abcdefghij";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("notifydashboard-e2e-").FullName;
    private readonly Dictionary<string, string> _environment = new() { ["Access__Bootstrap__ApiKey"] = ApiKey };
    /// <summary>A published one; null: this build's own.</summary>
    private string? _folderOfProgram;
    private bool _isDemo;
    private List<string> _printed = [];
    private Process _process = null!;

    // .../e2e/bin/<configuration>/<framework>: the server is of the same configuration as this test's own build.
    private static DirectoryInfo Build { get; } = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The folder of the server's project.</summary>
    public static string Project { get; } = Path.Combine(Build.Parent!.Parent!.Parent!.Parent!.FullName, "NotifyDashboard");

    private HubProcess()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}";
    }

    public string Address { get; }

    public int ProcessId => _process.Id;

    /// <summary>The database's file, unless the environment names another.</summary>
    public string Database => Path.Combine(_folder, "hub.db");

    /// <summary>A setting for where it listens, in the place of <see cref="Address"/>.</summary>
    public const string Urls = "Urls";

    /// <summary>What it printed since it was started last.</summary>
    public IReadOnlyList<string> Printed
    {
        get
        {
            lock (_printed) return [.. _printed];
        }
    }

    /// <summary>Printed at a start without operators.</summary>
    public string? SetUpLink { get; private set; }

    /// <summary>Printed by a demo.</summary>
    public string? SignInLink { get; private set; }

    public HttpClient Http { get; } = new();

    /// <param name="folder">Of the program; null: the one that <c>NOTIFYDASHBOARD_APP</c> names, or this build's own.</param>
    /// <param name="database">What the database's file holds at the start; null: there is none yet.</param>
    public static async Task<HubProcess> StartAsync(Dictionary<string, string>? environment = null, string? folder = null, byte[]? database = null)
    {
        var hub = new HubProcess { _folderOfProgram = folder ?? PublishedApp.Given };
        foreach (var (key, value) in environment ?? []) hub._environment[key] = value;
        if (database is not null)
        {
            FileStreamOptions own = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            // As the hub makes it; of another one it would say that others can read it.
            if (!OperatingSystem.IsWindows()) own.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var file = new FileStream(hub.Database, own);
            await file.WriteAsync(database);
        }
        await hub.RunAsync();
        return hub;
    }

    /// <summary>Starts it with <c>--demo</c>, and none of its own settings.</summary>
    public static async Task<HubProcess> StartDemoAsync()
    {
        var hub = new HubProcess { _folderOfProgram = PublishedApp.Given, _isDemo = true };
        await hub.RunAsync();
        return hub;
    }

    /// <summary>Publishes as an application would.</summary>
    public async Task PublishAsync(object draft)
    {
        using var answer = await AskToPublishAsync(draft);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Publishes where a refusal is an answer too.</summary>
    public Task<HttpResponseMessage> AskToPublishAsync(object draft) => AskAsync(HttpMethod.Post, "/api/notifications", draft);

    /// <summary>Asks as an application does, with the key.</summary>
    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, Address + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        return await Http.SendAsync(request);
    }

    /// <summary>Asks it to stop, as a service manager does, and says how long that took.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        return watch.Elapsed;
    }

    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts the server; returns when it says where it is.</summary>
    public async Task RunAsync()
    {
        SetUpLink = null;
        var printed = _printed = [];
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = Command() };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Task.WhenAny(started.Task, _process.WaitForExitAsync()).WaitAsync(StartDeadline);
        lock (printed) Assert.True(started.Task.IsCompleted, string.Join('\n', printed));

        void Take(string? line)
        {
            if (line is null) return;
            lock (printed) printed.Add(line);
            if (Link().Match(line) is { Success: true } link) SetUpLink = link.Value;
            if (DemoLink().Match(line) is { Success: true } signIn) SignInLink = signIn.Value;
            // The last line: of the banner the badge demo's address, and of a demo the key.
            if (line.Contains(_isDemo ? "export KEY=" : "/demo", StringComparison.Ordinal)) started.TrySetResult();
        }
    }

    /// <summary>Starts a server that must not come up; gives its exit code and what it printed.</summary>
    public static async Task<(int Code, string Printed)> FailToStartAsync(Dictionary<string, string> environment)
    {
        var hub = new HubProcess { _folderOfProgram = PublishedApp.Given };
        foreach (var (key, value) in environment) hub._environment[key] = value;
        hub._process = Process.Start(hub.Command())!;
        await using (hub)
        {
            var printed = Task.WhenAll(hub._process.StandardOutput.ReadToEndAsync(), hub._process.StandardError.ReadToEndAsync());
            await hub._process.WaitForExitAsync().WaitAsync(StartDeadline);
            return (hub._process.ExitCode, string.Concat(await printed));
        }
    }

    /// <summary>Runs a command of the program on the same database, beside the server; gives its exit code and what it printed.</summary>
    public async Task<(int Code, string Printed)> CommandAsync(params string[] arguments)
    {
        var start = Command();
        foreach (var argument in arguments.Reverse()) start.ArgumentList.Insert(1, argument);
        using var process = Process.Start(start)!;
        var printed = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(StartDeadline);
        return (process.ExitCode, string.Concat(await printed).Trim());
    }

    private ProcessStartInfo Command()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_folderOfProgram ?? Path.Combine(Project, "bin", Build.Parent!.Name, Build.Name), "NotifyDashboard.dll"), "--urls", _environment.GetValueOrDefault(Urls, Address)])
        {
            WorkingDirectory = _folderOfProgram ?? Project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (_isDemo)
        {
            start.ArgumentList.Add("--demo");
            // A test kills it: what it leaves goes away with the test's folder.
            start.Environment["TMPDIR"] = _folder;
            return start;
        }
        start.Environment["Storage__ConnectionString"] = $"Data Source={Database}";
        foreach (var (key, value) in _environment) start.Environment[key] = value;
        return start;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        Http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"http\S+/set-up\?token=\S+")]
    private static partial Regex Link();

    [GeneratedRegex(@"http\S+/sign-in/demo\?token=\S+")]
    private static partial Regex DemoLink();
}
