using System.Globalization;
using System.Net;

namespace NotifyDashboard.Access;

/// <summary>Checks whether a connection comes from this machine, and from which user.</summary>
internal static class LocalPeer
{
    private const string Established = "01", Root = "0";

    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"], ProxyPrefixes = ["X-Forwarded-", "X-Original-"];

    // proc_net_tcp(5). The peer may use an IPv6 socket for an IPv4 address.
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Whether both ends are on this machine, and no header names a proxy or tunnel, whose visitor could be anywhere.</summary>
    public static bool IsDirect(HttpContext context) =>
        context.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local } && IPAddress.IsLoopback(remote) && IPAddress.IsLoopback(local)
        && !context.Request.Headers.Keys.Any(header => ProxyHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)
            || ProxyPrefixes.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// Whether the other end belongs to the user who runs the hub, or to root, who can read the store anyway. (In WSL, root forwards the connections of a
    /// Windows browser.) Only Linux provides this information; true on other systems.
    /// </summary>
    public static bool IsOwnUser(ConnectionInfo connection)
    {
        if (!OperatingSystem.IsLinux()) return true;
        var (here, there) = (EndPointOf(connection.LocalIpAddress, connection.LocalPort), EndPointOf(connection.RemoteIpAddress, connection.RemotePort));
        var sockets = Sockets().Where(socket => socket.State == Established).ToList();
        var own = sockets.FirstOrDefault(socket => socket.Local.Equals(here) && socket.Remote.Equals(there))?.User;
        var other = sockets.FirstOrDefault(socket => socket.Local.Equals(there) && socket.Remote.Equals(here))?.User;
        return own is not null && (other == own || other == Root);
    }

    private static IEnumerable<Socket> Sockets() =>
        from file in SocketTables
        where File.Exists(file)
        from line in File.ReadLines(file).Skip(1)
        let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select new Socket(EndPointOf(fields[1]), EndPointOf(fields[2]), fields[3], fields[7]);

    // The kernel prints every four bytes as one number in the machine's byte order.
    private static IPEndPoint EndPointOf(string hexadecimal)
    {
        var (address, port) = (hexadecimal.Split(':')[0], hexadecimal.Split(':')[1]);
        var bytes = Convert.FromHexString(address);
        if (BitConverter.IsLittleEndian) bytes = [.. bytes.Chunk(4).SelectMany(word => word.Reverse())];
        return EndPointOf(new IPAddress(bytes), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static IPEndPoint EndPointOf(IPAddress? address, int port) =>
        new(address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : address ?? IPAddress.None, port);

    private sealed record Socket(IPEndPoint Local, IPEndPoint Remote, string State, string User);
}
