using Kumiko.BuildingBlocks.Modules;
using Kumiko.Identity;
using Kumiko.Posts;

namespace Kumiko.Host;

/// <summary>The one list of modules, and which of them run in this process.</summary>
internal static class Modules
{
    public static readonly IReadOnlyList<IModule> All = [new IdentityModule(), new PostsModule()];

    /// <summary>The modules that the <c>Modules</c> setting names; all of them if it is left out.</summary>
    /// <exception cref="InvalidSettingException">A name is unknown, or a module lives on one that is not named.</exception>
    public static IReadOnlyList<IModule> Enabled(IConfiguration configuration)
    {
        if (configuration["Modules"] is not { Length: > 0 } setting)
            return All;

        var names = setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            if (All.All(module => module.Name != name))
                throw new InvalidSettingException($"Modules names '{name}', which is no module: set it to some of {Names(All)}.");
        }

        var enabled = All.Where(module => names.Contains(module.Name)).ToList();
        if (enabled.Count == 0)
            throw new InvalidSettingException($"Modules names no module: set it to some of {Names(All)}, or leave it out for all.");

        // Events pass between modules inside a process only; apart, they need a broker, and none can be configured yet.
        foreach (var module in All)
        {
            var apart = module.ListensTo.FirstOrDefault(other => enabled.Contains(module) != enabled.Any(candidate => candidate.Name == other));
            if (apart is not null)
                throw new InvalidSettingException($"Modules names only one of {module.Name} and {apart}, and {module.Name} lives on what {apart} tells: set Modules to both.");
        }

        return enabled;
    }

    private static string Names(IEnumerable<IModule> modules) => string.Join(", ", modules.Select(module => $"'{module.Name}'"));
}
