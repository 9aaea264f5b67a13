using System.Net.Sockets;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>A hub that listens on a Unix socket.</summary>
public sealed class SocketFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notifydashboard-socket-").FullName;

    private string SocketPath => Path.Combine(_folder, "hub.sock");

    private Dictionary<string, string> Settings => new() { [HubProcess.Urls] = $"http://unix:{SocketPath}" };

    [Fact]
    public async Task Hub_restarts_on_a_stale_Unix_socket_and_a_second_instance_fails_with_one_sentence()
    {
        await using var hub = await HubProcess.StartAsync(Settings);
        await hub.KillAsync();
        Assert.True(File.Exists(SocketPath));
        await hub.RunAsync();
        Assert.Equal(16, (await AskAsync()).Length);

        var (code, printed) = await HubProcess.FailToStartAsync(Settings);
        Assert.Equal(1, code);
        Assert.Equal($"Urls names the socket {SocketPath}, which is in use. Stop the other program, or give another path.", printed.Trim());
        Assert.Equal(16, (await AskAsync()).Length);
    }

    private async Task<string> AskAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        return await http.GetStringAsync(new Uri("http://localhost/healthz/live"), TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
