using Kumiko.BuildingBlocks.Observability;
using Kumiko.BuildingBlocks.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kumiko.Infrastructure.Security;

/// <summary>Registers the source of the keys that verify access tokens.</summary>
public static class TokenKeysServices
{
    // Connections are renewed, so that a changed address of Identity is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Reads the keys from <see cref="TokenSettings.KeySet"/>, for a process without Identity.</summary>
    public static IServiceCollection AddRemoteTokenKeys(this IServiceCollection services)
    {
        // Read the key set only from the configured address: follow no redirect, and use no proxy from the environment.
        services.AddSingleton(provider => new RemoteTokenKeys(
            provider.GetRequiredService<TokenSettings>(),
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                PooledConnectionLifetime = ConnectionLifetime,
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RemoteTokenKeys>>()
        ));
        services.AddSingleton<ITokenKeys>(provider => provider.GetRequiredService<RemoteTokenKeys>());
        services.AddHostedService<RemoteTokenKeysRefresh>();
        services.AddSingleton<RemoteTokenKeysCheck>();
        services.AddHealthChecks().AddCheck<RemoteTokenKeysCheck>("token_keys", tags: [HealthTags.Serving]);
        return services;
    }
}
