using System.Diagnostics;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Really runs a line that is offered for copying, with a <c>curl</c> that only writes down what it is called with.</summary>
internal static class PastedLine
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>What is typed into, as a terminal does it too: history expansion is on there.</summary>
    public static TheoryData<string> Shells => ["sh", "bash", "bash -i"];

    /// <summary>Values that a shell or a page would make something of.</summary>
    public static string[] Hostile { get; } =
    [
        "orders;touch x;#", "it's", "'; touch x; '", "\\'; touch x #", "$(touch x)", "`touch x`", "${KEY}", "a\nb; touch x\n", "!!", "!x '!y' \"!z\"", "\"; touch x; \"", "&& touch x", "| touch x", "> x", "< x",
        "*", "~", "@/etc/hostname", "--output=x", "-o x", "</script><script>touch x</script>", "</textarea>\"'><b>", "%0Atouch x", "a=b&c=d+e", "a\tb", "\\", "\\n", "x\u2028y", "{a,b}", "[1-3]", "(touch x)", "# x", "",
    ];

    /// <summary>The arguments that <c>curl</c> gets. Fails where anything else happens.</summary>
    public static async Task<string[]> RunAsync(string shell, string line, string? then = null)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The lines are for POSIX shells.");
            return [];
        }
        using var folder = new TemporaryFolder();
        var (tools, work) = (Directory.CreateDirectory(folder["tools"]).FullName, Directory.CreateDirectory(folder["work"]).FullName);
        var curl = Path.Combine(tools, "curl");
        await File.WriteAllTextAsync(curl, "#!/bin/sh\nprintf '%s\\0' \"$@\" > \"$ARGUMENTS\"\n");
        File.SetUnixFileMode(curl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var isTyped = shell.EndsWith("-i", StringComparison.Ordinal);
        var start = new ProcessStartInfo(shell.Split(' ')[0]) { WorkingDirectory = work, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in isTyped ? ["--norc", "--noprofile", "-i"] : new[] { "-c", $"{line}\n{then}" }) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = $"{tools}:/usr/bin:/bin";
        start.Environment["KEY"] = "a key; touch x";
        start.Environment["ARGUMENTS"] = folder["arguments"];
        start.Environment["HISTFILE"] = "";
        using var process = Process.Start(start)!;
        if (isTyped) await process.StandardInput.WriteAsync($"true earlier\n{line}\n{then}\nexit 0\n");
        process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Timeout);
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(work));
        Assert.True(File.Exists(folder["arguments"]), $"{line}\n{string.Join('\n', await output)}");
        return (await File.ReadAllTextAsync(folder["arguments"], patience.Token)).Split('\0')[..^1];
    }
}
