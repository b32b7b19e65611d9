using System.Net;
using System.Threading.RateLimiting;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.RateLimiting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kumiko.Host.Composition;

/// <summary>
/// Limits how many connections are open at once, in total and per client address, so that a client that only holds connections takes no
/// places from others.
/// </summary>
internal sealed class ConnectionLimits : IDisposable
{
    private readonly int _maxConnections;
    private readonly IReadOnlyList<System.Net.IPNetwork> _proxies;
    private readonly PartitionedRateLimiter<string>? _perAddress;

    /// <exception cref="InvalidSettingException">A limit is not a valid number.</exception>
    public ConnectionLimits(IConfiguration configuration)
    {
        var settings = new RateLimitSettings(configuration);
        _maxConnections = settings.Number("Limits:Connections", 10_000);
        var perAddress = settings.Number("Limits:ConnectionsPerAddress", 500);
        _proxies = TrustedProxies.Networks(configuration);
        if (settings.Enabled)
        {
            _perAddress = PartitionedRateLimiter.Create<string, string>(address =>
                RateLimitPartition.GetConcurrencyLimiter(address, _ => new ConcurrencyLimiterOptions { PermitLimit = perAddress })
            );
        }
    }

    public void Apply(KestrelServerOptions options)
    {
        options.Limits.MaxConcurrentConnections = _maxConnections;
        if (_perAddress is { } limiter)
            options.ConfigureEndpointDefaults(listener => listener.Use(next => connection => ServeAsync(limiter, next, connection)));
    }

    /// <inheritdoc />
    public void Dispose() => _perAddress?.Dispose();

    private async Task ServeAsync(PartitionedRateLimiter<string> limiter, ConnectionDelegate next, ConnectionContext connection)
    {
        // A proxy carries the requests of many clients, and so does a Unix socket.
        if (connection.RemoteEndPoint is not IPEndPoint remote || IsProxy(remote.Address))
        {
            await next(connection);
            return;
        }

        using var place = limiter.AttemptAcquire(ClientAddress.Of(remote.Address));
        if (place.IsAcquired)
            await next(connection);
        else
            connection.Abort(new ConnectionAbortedException("Too many connections from this address."));
    }

    private bool IsProxy(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _proxies.Any(network => network.Contains(plain));
    }
}
