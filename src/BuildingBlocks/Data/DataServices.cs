using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>What a module registers for its database.</summary>
public static class DataServices
{
    /// <summary>Has old rows of a table of the module removed every ten minutes.</summary>
    public static IServiceCollection AddSweep<TDatabase>(this IServiceCollection services, SweptTable<TDatabase> table)
        where TDatabase : ModuleDatabase
    {
        services.AddSingleton(table);
        // Registered once, however many tables there are.
        return services.AddHostedService<TableSweep<TDatabase>>();
    }
}
