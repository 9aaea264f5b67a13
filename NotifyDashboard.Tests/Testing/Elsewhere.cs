using System.Net;
using System.Net.Sockets;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Clients at other addresses: of Linux's loopback network each is one.</summary>
internal static class Elsewhere
{
    /// <param name="address">Such as <c>127.0.0.2</c>.</param>
    public static HttpClient NewHttp(string address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
