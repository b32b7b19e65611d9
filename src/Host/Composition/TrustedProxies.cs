using Kumiko.BuildingBlocks.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Kumiko.Host.Composition;

/// <summary>Whose word counts for where a request comes from (<c>Proxy:Networks</c>; nobody's if left out).</summary>
internal static class TrustedProxies
{
    /// <summary>
    /// Takes the client's address and scheme from the proxy that stands directly before this process, if it is in one of the networks.
    /// </summary>
    /// <exception cref="InvalidSettingException">A network is malformed.</exception>
    public static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var networks = Networks(configuration);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                networks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // The last entry is the proxy's own; what stands before it, any client may have sent.
            options.ForwardLimit = 1;
            // By default the machine itself is trusted.
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
                $"Proxy:Networks holds '{network}', which is not a network: set it to the networks of your proxies, such as '172.20.0.0/16, fd00::/8'."
            );
}
