using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>A client's address as the audit trail keeps it: the network, which shows where from, but not which machine.</summary>
public static class ClientNetwork
{
    // What a provider assigns to one site at most (RFC 6177, 2), and what registries assign at least of IPv4.
    private const int V6Bytes = 6;
    private const int V4Bytes = 3;

    /// <summary>The network that a request came from; null without an address, and outside a request.</summary>
    public static string? Of(HttpContext? http) => Of(http?.Connection.RemoteIpAddress);

    /// <summary>The /24 of an IPv4 address, the /48 of an IPv6 address; null without an address.</summary>
    public static string? Of(IPAddress? address)
    {
        if (address is null)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        var kept = address.AddressFamily == AddressFamily.InterNetworkV6 ? V6Bytes : V4Bytes;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
