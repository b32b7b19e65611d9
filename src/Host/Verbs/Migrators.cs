using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Data.Migrations;
using Kumiko.BuildingBlocks.Modules;

namespace Kumiko.Host.Verbs;

internal static class Migrators
{
    /// <summary>Brings the database of a module up to this program, its rows too.</summary>
    public static async Task UpAsync(this ModuleMigrator database, IServiceProvider services, CancellationToken cancellation)
    {
        await database.UpAsync(cancellation);
        await services
            .GetRequiredService<IReadOnlyList<IModule>>()
            .Single(module => module.Name == database.Module)
            .CompleteMigrationAsync(services, cancellation);
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
