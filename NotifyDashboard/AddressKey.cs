using System.Net;
using System.Net.Sockets;

namespace NotifyDashboard;

/// <summary>By what an address is counted: one household or server has a whole /64 of IPv6, and counting single addresses would count nothing.</summary>
internal static class AddressKey
{
    public static string Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address?.ToString() ?? "";
    }
}
