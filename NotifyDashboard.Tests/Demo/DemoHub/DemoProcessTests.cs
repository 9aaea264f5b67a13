using System.Diagnostics;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Demo.DemoHub;

/// <summary>The program as it is started from a terminal, with temporary files in a folder of the test.</summary>
public sealed class DemoProcessTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _temporary = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IEnumerable<string> Left => Directory.EnumerateDirectories(_temporary.Path, "notifydashboard-demo-*");

    [Theory]
    [InlineData("Storage__ConnectionString", "Data Source=precious.db", "Storage:ConnectionString")]
    [InlineData("Storage__Provider", "Sqlite", "Storage:Provider")]
    [InlineData("Access__Bootstrap__ApiKey", "a-key-of-the-tests-0123456789-abcdefghijkl", "Access:Bootstrap:ApiKey")]
    [InlineData("Proxy__Known__0", "127.0.0.1", "Proxy:Known:0")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "ForwardedHeaders_Enabled")]
    public async Task With_the_settings_of_a_real_hub_the_demo_does_not_start(string variable, string value, string key)
    {
        var (code, printed) = await FailAsync([], variable, value);
        Assert.Equal($"--demo makes a store and an operator of its own, for this machine alone, but {key} is configured. Leave out one of the two.", printed);
        Assert.Equal(1, code);
        Assert.Empty(Left);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    [InlineData("http://notify.example:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task On_another_address_than_loopback_the_demo_does_not_start(string urls)
    {
        var (code, printed) = await FailAsync(["--urls", urls]);
        Assert.StartsWith("--demo lets everyone in who can connect, so it listens on this machine alone, and not on ", printed, StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Empty(Left);
    }

    [Fact]
    public async Task With_an_endpoint_of_Kestrels_own_settings_on_another_address_the_demo_does_not_start()
    {
        var (code, printed) = await FailAsync([], "Kestrel__Endpoints__Any__Url", "http://0.0.0.0:0");
        Assert.StartsWith("--demo lets everyone in who can connect", printed, StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Empty(Left);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_demo_that_ends_deletes_its_store(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        Assert.SkipWhen(IsIgnored(signal), $"SIG{signal} is ignored here, as in the background of a script, and a program that this one starts ignores it too.");
        using var demo = Start(["--urls", "http://127.0.0.1:0"]);
        while (await demo.StandardOutput.ReadLineAsync(Cancellation) is { } line && !line.Contains("export KEY=", StringComparison.Ordinal)) { }
        Assert.Single(Left);
        using var kill = Process.Start("kill", [$"-{signal}", $"{demo.Id}"]);
        await demo.WaitForExitAsync(Cancellation).WaitAsync(Timeout, Cancellation);
        Assert.Equal(0, demo.ExitCode);
        Assert.Empty(Left);
    }

    // The mask of Linux's proc(5), in which the lowest bit is signal 1.
    private static bool IsIgnored(string signal)
    {
        const string mask = "SigIgn:";
        var number = signal switch { "HUP" => 1, "INT" => 2, _ => 15 };
        return File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").First(line => line.StartsWith(mask, StringComparison.Ordinal)) is { } line
            && (Convert.ToUInt64(line[mask.Length..].Trim(), 16) >> (number - 1) & 1) != 0;
    }

    public void Dispose() => _temporary.Dispose();

    private async Task<(int Code, string Printed)> FailAsync(string[] arguments, string? variable = null, string? value = null)
    {
        using var demo = Start(arguments, variable, value);
        var printed = Task.WhenAll(demo.StandardOutput.ReadToEndAsync(Cancellation), demo.StandardError.ReadToEndAsync(Cancellation));
        await demo.WaitForExitAsync(Cancellation).WaitAsync(Timeout, Cancellation);
        return (demo.ExitCode, string.Concat(await printed).Trim());
    }

    private Process Start(string[] arguments, string? variable = null, string? value = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NotifyDashboard.dll"), "--demo", .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TMPDIR"] = _temporary.Path },
        };
        if (variable is not null) start.Environment[variable] = value;
        return Process.Start(start)!;
    }
}
