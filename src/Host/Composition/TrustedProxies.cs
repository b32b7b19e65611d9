using Kumiko.BuildingBlocks.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Kumiko.Host.Composition;

/// <summary>The proxies that are trusted to name the client (<c>Proxy:Networks</c>; none if left out).</summary>
internal static class TrustedProxies
{
    /// <summary>
    /// Takes the client's address and scheme from the proxy directly in front of this process, if it is in one of the networks.
    /// </summary>
    /// <exception cref="InvalidSettingException">A network is malformed.</exception>
    public static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var networks = Networks(configuration);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                networks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // The last entry is the proxy's own; any client may have sent the entries before it.
            options.ForwardLimit = 1;
            // The default trusts the machine itself.
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks)
                options.KnownIPNetworks.Add(network);
        });
    }

    /// <summary>The networks of the proxies.</summary>
    /// <exception cref="InvalidSettingException">A network is malformed.</exception>
    public static IReadOnlyList<System.Net.IPNetwork> Networks(IConfiguration configuration) =>
        [
            .. (configuration["Proxy:Networks"] ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Parse),
        ];

    private static System.Net.IPNetwork Parse(string network) =>
        System.Net.IPNetwork.TryParse(network, out var parsed)
            ? parsed
            : throw new InvalidSettingException(
                $"Proxy:Networks holds '{network}', which is not a network: set it to the networks of your proxies, such as "
                    + "'172.20.0.0/16, fd00::/8'."
            );
}
