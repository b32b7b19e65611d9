using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Retention;

/// <summary>Registers how long a module keeps rows.</summary>
public static class RetentionServices
{
    /// <summary>Has old rows of a table of the module removed every ten minutes.</summary>
    public static IServiceCollection AddRetention<TDatabase>(this IServiceCollection services, RetentionRule<TDatabase> table)
        where TDatabase : ModuleDatabase
    {
        services.AddSingleton(table);
        // Registered once, however many tables there are.
        return services.AddHostedService<RetentionJob<TDatabase>>();
    }
}
