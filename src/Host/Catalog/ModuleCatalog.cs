using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.Identity;
using Kumiko.Posts;

namespace Kumiko.Host.Catalog;

/// <summary>The only list of modules, and the selection that runs in this process.</summary>
internal static class ModuleCatalog
{
    public static readonly IReadOnlyList<IModule> All = [new IdentityModule(), new PostsModule()];

    /// <summary>The modules in the <c>Modules</c> setting; all of them if it is left out.</summary>
    /// <exception cref="InvalidSettingException">A name is unknown, or the setting names no module.</exception>
    public static IReadOnlyList<IModule> Enabled(IConfiguration configuration)
    {
        if (configuration["Modules"] is not { Length: > 0 } setting)
            return All;

        var names = setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            if (All.All(module => module.Name != name))
                throw new InvalidSettingException($"Modules names '{name}', which is not a module: set it to some of {Names(All)}.");
        }

        var enabled = All.Where(module => names.Contains(module.Name)).ToList();
        if (enabled.Count == 0)
            throw new InvalidSettingException($"Modules is empty: set it to some of {Names(All)}, or leave it out for all.");

        return enabled;
    }

    /// <summary>
    /// The first enabled module that exchanges events with a module outside <paramref name="enabled"/>, together with that module; null if
    /// there is none.
    /// </summary>
    public static (IModule Here, IModule Elsewhere)? FindCut(IReadOnlyList<IModule> enabled)
    {
        foreach (var here in enabled)
        {
            if (
                All.Except(enabled)
                    .FirstOrDefault(other => here.ConsumesFrom.Contains(other.Name) || other.ConsumesFrom.Contains(here.Name)) is
                { } elsewhere
            )
                return (here, elsewhere);
        }

        return null;
    }

    private static string Names(IEnumerable<IModule> modules) => string.Join(", ", modules.Select(module => $"'{module.Name}'"));
}
