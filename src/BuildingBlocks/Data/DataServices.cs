using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>What a module registers for its database.</summary>
public static class DataServices
{
    /// <summary>Has old rows of a table of the module removed every ten minutes.</summary>
    public static IServiceCollection AddRetention<TDatabase>(this IServiceCollection services, RetentionRule<TDatabase> table)
        where TDatabase : ModuleDatabase
    {
        services.AddSingleton(table);
        // Registered once, however many tables there are.
        return services.AddHostedService<RetentionJob<TDatabase>>();
    }

    /// <summary>Shows how many rows stand in a table of the module, where they wait for something; 10,000 stands for any more.</summary>
    /// <param name="services">The process' services.</param>
    /// <param name="count">A query that counts them, <c>@Most</c> at the most.</param>
    /// <param name="gauge">The gauge's name. Modules that have the same table share it.</param>
    /// <param name="description">What the rows are, for people.</param>
    public static IServiceCollection MonitorTable<TDatabase>(
        this IServiceCollection services,
        string count,
        string gauge,
        string description
    )
        where TDatabase : ModuleDatabase =>
        services.AddSingleton(provider => new MonitoredTable(provider.GetRequiredService<TDatabase>(), count, gauge, description));
}
