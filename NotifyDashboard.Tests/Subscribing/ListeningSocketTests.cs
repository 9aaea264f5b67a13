using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

public sealed class ListeningSocketTests
{
    [Fact]
    public async Task Connections_have_a_send_buffer_of_128_KiB_and_the_user_timeout()
    {
        var sockets = new ConcurrentBag<Socket>();
        await using var server = Hubs.Start(
            services => services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection =>
            {
                sockets.Add(connection.Features.Get<IConnectionSocketFeature>()!.Socket);
                return next(connection);
            }))),
            ("Streams:UserTimeout", "00:00:42"));
        using var stream = await server.OpenAsync();
        // Linux keeps its book-keeping in there too and says twice the size.
        Assert.Equal(OperatingSystem.IsLinux() ? 256 * 1024 : 128 * 1024, Assert.Single(sockets).SendBufferSize);
        if (!OperatingSystem.IsLinux()) Assert.Skip("TCP_USER_TIMEOUT is set on Linux only.");
        var timeout = new byte[4];
        Assert.Single(sockets).GetRawSocketOption(6, 18, timeout);
        Assert.Equal(42_000, BitConverter.ToInt32(timeout));
    }

    [Fact]
    public async Task Peer_that_vanishes_without_closing_is_detected_by_the_TCP_user_timeout()
    {
        await using var space = NetworkSpace.TryMake(out var missing);
        if (space is null) Assert.Skip($"No network namespace can be made here: {missing}");
        await using var server = Hubs.Start(
            services => services.PostConfigure<SocketTransportOptions>(transport =>
            {
                // Reachable from the other namespace too.
                var create = transport.CreateBoundListenSocket;
                transport.CreateBoundListenSocket = _ => create(new IPEndPoint(IPAddress.Any, 0));
            }),
            ("Streams:Heartbeat", "00:00:01"), ("Streams:WriteTimeout", "00:00:02"), ("Streams:UserTimeout", "00:00:02"));
        using var peer = space.Run($"exec 3<>/dev/tcp/{NetworkSpace.Here}/{server.Address.Port}; printf 'GET /sse-stream HTTP/1.0\\r\\nHost: hub\\r\\n\\r\\n' >&3; cat <&3");
        while (await peer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("hub.hello", StringComparison.Ordinal)) { }
        Assert.Equal(1, server.Streams());
        space.Vanish();
        await Eventually.TrueAsync(() => server.Streams() == 0);
        // Noticed by the system, not by a full buffer: heartbeats fit into it for hours.
        Assert.Equal(0, server.TimedOut());
    }

    [Fact]
    public async Task Minimum_data_rate_closes_stuck_requests_but_neither_idle_nor_stuck_streams()
    {
        await using var server = Hubs.Start(services => services.Configure<KestrelServerOptions>(
            kestrel => kestrel.Limits.MinResponseDataRate = new MinDataRate(10_000_000, TimeSpan.FromSeconds(2))));
        using var idle = await server.OpenAsync("?topic=idle");
        using var stuck = await StuckPeer.OpenAsync(server, "?topic=t");
        await server.PublishAsync(200, _ => Drafts.Text(new string('x', 60_000), "t"));
        await stuck.BlockedAsync();
        using var other = await StuckPeer.OpenAsync(server, "?limit=100", "/api/notifications", $"Authorization: {Hubs.Bearer}\r\n");
        await Eventually.TrueAsync(() => other.IsReset);
        Assert.Equal(2, server.Streams());
        await server.PublishAsync(new { topic = "idle", data = "still here" });
        Assert.Equal("still here", (await idle.NextAsync()).Data);
        var received = 0;
        await foreach (var _ in stuck.ReadAsync())
        {
            if (++received == 201) break;
        }
        Assert.Equal(201, received);
    }

    /// <summary>A network of its own behind a cable, whose end can stop answering.</summary>
    private sealed class NetworkSpace : IAsyncDisposable
    {
        public const string Here = "198.18.249.1";
        private const string There = "198.18.249.2";
        private readonly string _name = $"hub{Random.Shared.Next(100_000):00000}";
        private string? _error;

        public static NetworkSpace? TryMake(out string? missing)
        {
            missing = OperatingSystem.IsLinux() ? null : "this is not Linux.";
            if (missing is not null) return null;
            var space = new NetworkSpace();
            if (space.Ip($"netns add {space._name}")
                && space.Ip($"link add {space._name} type veth peer name far netns {space._name}")
                && space.Ip($"addr add {Here}/30 dev {space._name}") && space.Ip($"link set {space._name} up")
                && space.Ip($"-n {space._name} addr add {There}/30 dev far") && space.Ip($"-n {space._name} link set far up")) return space;
            missing = space._error;
            space.Remove();
            return null;
        }

        public Process Run(string script) => Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _name, "bash", "-c", script]) { RedirectStandardOutput = true })!;

        /// <summary>From now on it neither takes nor answers anything.</summary>
        public void Vanish() => Assert.True(Ip($"-n {_name} route add blackhole {Here}/32"), _error);

        public ValueTask DisposeAsync()
        {
            Remove();
            return ValueTask.CompletedTask;
        }

        private void Remove()
        {
            // The cable goes with its end; a process in there would keep the space alive without a name.
            using (var inside = Start($"netns pids {_name}"))
            {
                foreach (var id in inside?.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
                {
                    using var process = Process.GetProcessById(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
                    process.Kill();
                }
            }
            Ip($"link del {_name}");
            Ip($"netns del {_name}");
        }

        private bool Ip(string arguments)
        {
            using var ip = Start(arguments);
            if (ip is null) return false;
            var said = ip.StandardError.ReadToEnd();
            ip.WaitForExit();
            if (ip.ExitCode != 0) _error = $"ip {arguments}: {said.Trim()}";
            return ip.ExitCode == 0;
        }

        private Process? Start(string arguments)
        {
            try
            {
                return Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            }
            catch (System.ComponentModel.Win32Exception exception)
            {
                _error = $"the command ip: {exception.Message}";
                return null;
            }
        }
    }
}
