using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;

namespace NotifyDashboard.Bench.Servers;

/// <summary>A server in a process of its own, on core 0, with a scratch folder that goes with it; and how one subscribes and publishes there.</summary>
internal abstract class ServerUnderTest(string name, Options options) : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30), StopTime = TimeSpan.FromSeconds(10);

    // Of the kernel's figures in /proc.
    private const double TicksPerSecond = 100;

    private readonly Queue<string> _printed = [];
    private Process? _process;

    public string Name => name;

    public int Port { get; } = FreePort();

    public double StartSeconds { get; private set; }

    /// <summary>Whether one can publish on one topic of many.</summary>
    public virtual bool HasTopics => false;

    /// <summary>Whether a stream resumes with <c>Last-Event-ID</c>.</summary>
    public virtual bool Resumes => false;

    /// <summary>Whether what was accepted is on the disk, and many go in one request.</summary>
    public virtual bool IsDurable => false;

    public virtual string StreamTarget(string topic, int patterns) => $"/sub?topic={topic}";

    public virtual string PublishTarget(string topic) => $"/pub?topic={topic}";

    public virtual string PublishHeaders => "";

    public virtual string BeforeEvent(string topic) => "";

    public virtual string AfterEvent => "";

    /// <summary>CPU that it and its children have used.</summary>
    public double CpuSeconds => Processes.Sum(id =>
    {
        // Behind the name in parentheses: state is field 3, utime and stime are 14 and 15.
        var fields = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    });

    public long ResidentBytes => Processes.Sum(id => long.Parse(File.ReadAllText($"/proc/{id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize);

    /// <summary>Starts it and waits until it answers.</summary>
    public void Start()
    {
        var (program, arguments) = Command();
        var command = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = WorkingDirectory };
        if (Environment.ProcessorCount > 1)
        {
            command.FileName = "taskset";
            foreach (var part in new[] { program, "0", "-c" }) command.ArgumentList.Insert(0, part);
        }
        Configure(command.Environment);
        var start = Clock.Now;
        _process = new Process { StartInfo = command };
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!IsReady())
        {
            if (_process.HasExited || Clock.SecondsSince(start) > StartTime.TotalSeconds) throw new BenchException($"{name} did not start.\n{string.Join('\n', _printed)}");
            Thread.Sleep(5);
        }
        StartSeconds = Clock.SecondsSince(start);
    }

    /// <summary>Asks it to stop.</summary>
    public void Stop()
    {
        if (_process is { HasExited: false }) Linux.Stop(_process.Id);
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            Stop();
            if (!_process.WaitForExit(StopTime)) _process.Kill(entireProcessTree: true);
        }
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    protected string Folder { get; } = Directory.CreateDirectory(Path.Combine(options.Scratch, $"notifydashboard-bench-{Guid.NewGuid():N}")).FullName;

    protected virtual string WorkingDirectory => Folder;

    protected virtual string ReadyTarget => "/";

    protected abstract (string Program, string[] Arguments) Command();

    protected virtual void Configure(IDictionary<string, string?> environment)
    {
    }

    private IEnumerable<int> Processes => _process is null ? [] : [_process.Id, .. Children(_process.Id)];

    private static IEnumerable<int> Children(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Remember(string? line)
    {
        if (line is null) return;
        _printed.Enqueue(line);
        if (_printed.Count > 20) _printed.Dequeue();
    }

    // Peers answer 404 where they have nothing: that is ready too, a refused connection is not, and neither is 503.
    private bool IsReady()
    {
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{Port}{ReadyTarget}"));
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound;
        }
        catch (HttpRequestException)
        {
            // Not yet.
            return false;
        }
    }
}
