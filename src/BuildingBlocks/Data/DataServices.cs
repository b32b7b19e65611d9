using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>Registrations for a module's database.</summary>
public static class DataServices
{
    /// <summary>Reports as a gauge how many rows wait in a table of the module. The value 10,000 means 10,000 or more.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="table">The table.</param>
    /// <param name="gauge">The gauge's name. Modules that have the same table share it.</param>
    /// <param name="description">The description of the gauge, which says what the rows are.</param>
    public static IServiceCollection MonitorTable<TDatabase>(
        this IServiceCollection services,
        [ConstantExpected] string table,
        string gauge,
        string description
    )
        where TDatabase : ModuleDatabase =>
        services.AddSingleton(provider => new MonitoredTable(provider.GetRequiredService<TDatabase>(), table, gauge, description));
}
