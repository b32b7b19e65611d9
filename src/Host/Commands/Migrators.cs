using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Data.Migrations;
using Kumiko.BuildingBlocks.Modules;

namespace Kumiko.Host.Commands;

internal static class Migrators
{
    /// <summary>Migrates the database of a module to the version of this program, including its rows.</summary>
    public static async Task UpAsync(this ModuleMigrator database, IServiceProvider services, CancellationToken cancellationToken)
    {
        await database.UpAsync(cancellationToken);
        await services
            .GetRequiredService<IReadOnlyList<IModule>>()
            .Single(module => module.Name == database.Module)
            .CompleteMigrationAsync(services, cancellationToken);
    }

    public static IReadOnlyList<ModuleMigrator> Of(IServiceProvider services) =>
        [
            .. services
                .GetRequiredService<IReadOnlyList<IModule>>()
                .Select(module => new ModuleMigrator(
                    module,
                    services.GetRequiredService<DatabaseSettings>(),
                    services.GetRequiredService<TimeProvider>(),
                    services.GetRequiredService<ILogger<ModuleMigrator>>()
                )),
        ];
}
