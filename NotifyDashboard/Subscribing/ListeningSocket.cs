using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Subscribing;

/// <summary>Sets the options of the listening socket that every connection inherits.</summary>
internal sealed class ListeningSocket(IOptions<StreamOptions> options) : IConfigureOptions<SocketTransportOptions>
{
    /// <summary>Bytes of a connection's send buffer. By default it grows to megabytes, and ten thousand slow readers would fill it.</summary>
    public const int SendBuffer = 128 * 1024;

    // linux/tcp.h
    private const int Tcp = 6;
    private const int TcpUserTimeout = 18;

    public void Configure(SocketTransportOptions transport) => transport.CreateBoundListenSocket = Create;

    private Socket Create(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        // A socket that was passed by systemd keeps the options of its owner.
        if (endpoint is not IPEndPoint) return socket;
        socket.SendBufferSize = SendBuffer;
        if (OperatingSystem.IsLinux())
        {
            // Otherwise about 15 minutes pass before a lost peer is noticed: heartbeats fit into the send buffer.
            Span<byte> milliseconds = stackalloc byte[sizeof(int)];
            BitConverter.TryWriteBytes(milliseconds, (int)options.Value.UserTimeout.TotalMilliseconds);
            socket.SetRawSocketOption(Tcp, TcpUserTimeout, milliseconds);
        }
        return socket;
    }
}
