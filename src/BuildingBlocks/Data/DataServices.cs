using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>What a module registers for its database.</summary>
public static class DataServices
{
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
