using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Subscribing;

/// <summary>Sets on the listening socket what every connection inherits from it.</summary>
internal sealed class ListeningSocket(IOptions<StreamOptions> options) : IConfigureOptions<SocketTransportOptions>
{
    /// <summary>Bytes of a connection's send buffer. The system's own grows to megabytes, which ten thousand slow readers would fill.</summary>
    public const int SendBuffer = 128 * 1024;

    // linux/tcp.h
    private const int Tcp = 6;
    private const int TcpUserTimeout = 18;

    public void Configure(SocketTransportOptions transport) => transport.CreateBoundListenSocket = Create;

    private Socket Create(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        // A handle that was passed on, by systemd for one, keeps what its owner has set.
        if (endpoint is not IPEndPoint) return socket;
        socket.SendBufferSize = SendBuffer;
        if (OperatingSystem.IsLinux())
        {
            // Heartbeats alone go into the send buffer for a quarter of an hour before a peer without a line is noticed.
            Span<byte> milliseconds = stackalloc byte[sizeof(int)];
            BitConverter.TryWriteBytes(milliseconds, (int)options.Value.UserTimeout.TotalMilliseconds);
            socket.SetRawSocketOption(Tcp, TcpUserTimeout, milliseconds);
        }
        return socket;
    }
}
