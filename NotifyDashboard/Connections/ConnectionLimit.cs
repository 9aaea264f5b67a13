using System.Net;
using Microsoft.Extensions.Options;
using NotifyDashboard.Operating;

namespace NotifyDashboard.Connections;

/// <summary>Limits open connections: at the file descriptor limit, .NET can neither accept nor close a connection, and the process ends.</summary>
internal sealed class ConnectionLimit
{
    private readonly AddressLimit _limit;
    private readonly IPNetwork[] _proxies;
    private readonly LogThrottle _throttle;
    private readonly ILogger _log;

    public ConnectionLimit(IOptions<ConnectionOptions> options, IOptions<ProxyOptions> proxy, TimeProvider time, ILogger<ConnectionLimit> log)
    {
        _limit = AddressLimit.Of(options.Value.Max, options.Value.MaxPerAddress, () => FileDescriptors.Limit() is { } descriptors ? FileDescriptors.ForConnections(descriptors) : -1);
        _proxies = [.. proxy.Value.Known.Select(known => ProxyOptions.TryParse(known, out var network) ? network : default)];
        (_throttle, _log) = (new(time), log);
    }

    /// <summary>Maximum number of open connections; negative: no limit.</summary>
    public int Max => _limit.Max;

    /// <summary>The number of open connections.</summary>
    public int Count => _limit.Count;

    /// <summary>The address against whose limit a connection counts; null for a known proxy, which holds the connections of all its visitors, and for Unix sockets.</summary>
    public IPAddress? Counted(EndPoint? peer) =>
        peer is not IPEndPoint { Address: var address } || Array.Exists(_proxies, proxy => proxy.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)) ? null : address;

    /// <returns>False when a limit is reached; the caller must close the connection.</returns>
    public bool TryEnter(IPAddress? address)
    {
        if (_limit.Enter(address) is not { } reached) return true;
        if (!_throttle.IsTime($"{reached} {address}")) return false;
        if (reached == LimitReached.InAll) ConnectionLog.Full(_log, _limit.Max);
        else ConnectionLog.TooManyOfAddress(_log, $"{address}", _limit.MaxPerAddress, UnknownProxy.Hint);
        return false;
    }

    public void Release(IPAddress? address) => _limit.Release(address);
}

internal static partial class ConnectionLog
{
    [LoggerMessage(5100, LogLevel.Warning, "All {Max} connections are taken (Connections:Max; ulimit -n sets its default); further ones are closed. (Said once a minute.)")]
    public static partial void Full(ILogger log, int max);

    [LoggerMessage(5101, LogLevel.Warning, "{Address} has {Max} connections open, the most that one address may have (Connections:MaxPerAddress); further ones are closed. {Hint} (Said once a minute.)")]
    public static partial void TooManyOfAddress(ILogger log, string address, int max, string hint);
}
