using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Connections;

/// <summary>The program with 600 descriptors, which two thousand idle connections would take all.</summary>
[Collection(Sequential.Name)]
public sealed class ConnectionFloodTests : IDisposable
{
    private const string Key = "a-key-of-the-tests-0123456789-abcdefghijkl";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_connections_from_one_address_do_not_block_another_address()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prlimit"), "prlimit is missing.");
        using var hub = Process.Start(new ProcessStartInfo("prlimit", ["--nofile=600:600", "dotnet", Path.Combine(AppContext.BaseDirectory, "NotifyDashboard.dll"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Storage__ConnectionString"] = $"Data Source={_folder["hub.db"]}", ["Access__Bootstrap__ApiKey"] = Key, ["Connections__FirstByte"] = "00:00:02" },
        })!;
        try
        {
            var port = await PortAsync(hub);
            using var elsewhere = From("127.0.0.2");
            Assert.Equal(HttpStatusCode.OK, await ReadyAsync(elsewhere, port));
            var before = Descriptors(hub);

            var idle = new List<Socket>();
            for (var i = 0; i < 2_000; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, port, Cancellation);
                }
                catch (SocketException)
                {
                    // Closed already: one too many.
                }
            }
            using var late = From("127.0.0.3");
            Assert.Equal(HttpStatusCode.OK, await ReadyAsync(late, port));
            using var published = await late.PostAsJsonAsync($"http://127.0.0.1:{port}/api/notifications", new { title = "Still here" }, Cancellation);
            Assert.Equal(HttpStatusCode.Created, published.StatusCode);

            // They say nothing, and are closed though they stay.
            using var again = From("127.0.0.1");
            await Eventually.TrueAsync(async () => await ReadyAsync(again, port) == HttpStatusCode.OK);
            foreach (var socket in idle) socket.Dispose();
            await Eventually.TrueAsync(() => Descriptors(hub) < before + 50);
            Assert.False(hub.HasExited);
        }
        finally
        {
            if (!hub.HasExited) hub.Kill();
            await hub.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _folder.Dispose();

    // prlimit becomes the program: the process is the same.
    private static int Descriptors(Process hub) => Directory.GetFiles($"/proc/{hub.Id}/fd").Length;

    private static async Task<int> PortAsync(Process hub)
    {
        var port = 0;
        while (port == 0 && await hub.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (System.Text.RegularExpressions.Regex.Match(line, @"http://127\.0\.0\.1:(\d+)") is { Success: true } found) port = int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        }
        // Nothing may wait for a full pipe.
        _ = hub.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = hub.StandardError.ReadToEndAsync(CancellationToken.None);
        return port;
    }

    private static async Task<HttpStatusCode> ReadyAsync(HttpClient http, int port)
    {
        try
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{port}/healthz/ready", Cancellation);
            return answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException)
        {
            return 0;
        }
    }

    private static HttpClient From(string address)
    {
        var http = Elsewhere.NewHttp(address);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        return http;
    }
}
