using Kumiko.BuildingBlocks.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>Where the keys come from by which access tokens are verified.</summary>
public static class TokenKeysServices
{
    // So that a changed address of Identity is met.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Reads the keys from <see cref="TokenSettings.KeySet"/>, for a process without Identity.</summary>
    public static IServiceCollection AddRemoteTokenKeys(this IServiceCollection services)
    {
        // A key set is read from where it was set to be: no redirect is followed, and no proxy of the environment asked.
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
