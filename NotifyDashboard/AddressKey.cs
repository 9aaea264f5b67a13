using System.Net;
using System.Net.Sockets;

namespace NotifyDashboard;

/// <summary>The key under which limits count an address: an IPv4 address, or the /64 prefix of an IPv6 address, because one household or server usually owns a whole /64.</summary>
internal static class AddressKey
{
    public static string Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address?.ToString() ?? "";
    }
}
