using System.Diagnostics;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>Programs of the system that break things. Where they are missing or not allowed, the test is skipped and says why.</summary>
internal static class Tools
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Runs it or skips the test.</summary>
    public static async Task NeedAsync(string program, params string[] arguments)
    {
        if (await RunAsync(program, arguments) is { } refusal) Assert.Skip($"\"{program} {string.Join(' ', arguments)}\" is not possible here: {refusal}");
    }

    /// <returns>What it complained about; null when all went well.</returns>
    public static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Faults of the disk are made with Linux's own tools.");
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = await process.StandardError.ReadToEndAsync().WaitAsync(Timeout);
            await process.WaitForExitAsync().WaitAsync(Timeout);
            return process.ExitCode == 0 ? null : $"{said.Trim()} (exit code {process.ExitCode})";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
