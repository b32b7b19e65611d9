using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>The origin of a request, as limits count it: behind a proxy in <c>Proxy:Networks</c>, the address that the proxy saw.</summary>
public static class ClientAddress
{
    // Every customer gets at least a /64 and may use any address in it (RFC 6177, 2).
    private const int NetworkBytes = 8;

    /// <summary>
    /// The IPv4 address, or the IPv6 network of 64 bits. All clients without an address, such as those of a Unix socket, share one text.
    /// </summary>
    public static string Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    /// <summary>The IPv4 address, or the IPv6 network of 64 bits.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return new IPAddress(bytes) + "/64";
    }
}
