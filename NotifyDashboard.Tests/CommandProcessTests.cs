using System.Diagnostics;
using System.Text.Json;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests;

/// <summary>A command as another program calls it.</summary>
public sealed class CommandProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_output_on_stdout_contains_no_log_messages()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file has no rights of this kind there.");
        // The start warns of it.
        MigratedDatabase.CopyTo(_folder["hub.db"]);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["hub.db"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NotifyDashboard.dll"), "recipient", "export", "--sub", "alice"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Storage__ConnectionString"] = $"Data Source={_folder["hub.db"]}" },
        })!;
        var said = await Task.WhenAll(command.StandardOutput.ReadToEndAsync(Cancellation), command.StandardError.ReadToEndAsync(Cancellation));
        await command.WaitForExitAsync(Cancellation);
        Assert.Equal(0, command.ExitCode);
        Assert.Equal("alice", JsonDocument.Parse(said[0]).RootElement.GetProperty("sub").GetString());
        Assert.Contains("chmod", said[1], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
