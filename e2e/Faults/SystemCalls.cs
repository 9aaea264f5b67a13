using System.Diagnostics;
using System.Globalization;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>Watches how a running process makes files durable, with strace, and can delay or fail it. Ends without harm to the process.</summary>
internal sealed class SystemCalls : IAsyncDisposable
{
    private const string Durable = "fsync,fdatasync";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly string _output = Path.GetTempFileName();
    private Process _strace = null!;

    private SystemCalls()
    {
    }

    /// <param name="injected">What strace is to do to each of the calls, such as <c>error=EIO</c>.</param>
    public static async Task<SystemCalls> AttachAsync(int process, string? injected = null)
    {
        var calls = new SystemCalls();
        string[] inject = injected is null ? [] : ["-e", $"inject={Durable}:{injected}"];
        var start = new ProcessStartInfo("strace", ["-f", "-y", "-e", $"trace={Durable}", .. inject, "-o", calls._output, "-p", process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true };
        try
        {
            calls._strace = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Assert.Skip($"strace cannot be started: {exception.Message}");
        }
        var line = await calls._strace.StandardError.ReadLineAsync().WaitAsync(Timeout);
        if (line?.Contains("attached", StringComparison.Ordinal) != true)
        {
            await calls.DisposeAsync();
            Assert.Skip($"strace may not attach here: {line}");
        }
        // Or its pipe would fill up.
        _ = calls._strace.StandardError.ReadToEndAsync();
        return calls;
    }

    /// <summary>Lets go of the process; gives a line for each call that ended well.</summary>
    public async Task<List<string>> DetachAsync()
    {
        await Tools.RunAsync("kill", "-INT", _strace.Id.ToString(CultureInfo.InvariantCulture));
        await _strace.WaitForExitAsync().WaitAsync(Timeout);
        var calls = new List<string>();
        var begun = new Dictionary<string, string>();
        foreach (var line in await File.ReadAllLinesAsync(_output))
        {
            // Calls of several threads overlap: "17 fdatasync(5</x-wal> <unfinished ...>", later "17 <... fdatasync resumed>) = 0".
            var thread = line.Split(' ')[0];
            if (line.Contains("<unfinished", StringComparison.Ordinal)) begun[thread] = line;
            else if (line.EndsWith("= 0", StringComparison.Ordinal)) calls.Add(line.Contains("resumed", StringComparison.Ordinal) ? begun[thread] : line);
        }
        return calls;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_strace.HasExited) await DetachAsync();
        _strace.Dispose();
        File.Delete(_output);
    }
}
