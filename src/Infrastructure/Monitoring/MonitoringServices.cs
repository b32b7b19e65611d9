using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Infrastructure.Monitoring;

/// <summary>Registers what watches the databases.</summary>
public static class MonitoringServices
{
    /// <summary>Measures whether the databases of this process respond and what waits in their tables.</summary>
    public static IServiceCollection AddDatabaseMonitor(this IServiceCollection services) => services.AddHostedService<DatabaseMonitor>();
}
