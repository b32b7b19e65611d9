using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.Infrastructure.Migrations;

namespace Kumiko.Host.Commands;

internal static class Migrators
{
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
