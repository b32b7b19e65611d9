using ArchUnitNET.Domain;
using Xunit;

namespace Kumiko.Architecture.Tests;

/// <summary>BuildingBlocks holds what modules share.</summary>
public sealed class BuildingBlocksTests
{
    private const string BuildingBlocks = "Kumiko.BuildingBlocks";

    // The Host and the part of it that tests of modules need too.
    private static readonly string[] HostSide = ["Kumiko.Host", "Kumiko.Infrastructure"];

    // A type, or the start of the names of several, and the decision that says why it stays.
    private static readonly Dictionary<string, int> OfOneModule = [];

    private static readonly Dictionary<string, int> OfTheHost = [];

    [Fact]
    public void A_type_that_one_module_uses_lives_in_that_module() =>
        AssertNone(OfOneModule, UsersOfTypes().Where(type => type.Value is [var user] && !HostSide.Contains(user)));

    [Fact]
    public void A_type_that_only_the_Host_uses_lives_in_the_Host_or_in_Infrastructure() =>
        AssertNone(OfTheHost, UsersOfTypes().Where(type => type.Value is [_, ..] users && users.TrueForAll(HostSide.Contains)));

    private static void AssertNone(Dictionary<string, int> exceptions, IEnumerable<KeyValuePair<string, List<string>>> found)
    {
        var types = found.ToList();
        var misplaced = types.Where(type => !exceptions.Keys.Any(start => type.Key.StartsWith(start, StringComparison.Ordinal)));
        var outdated = exceptions.Keys.Where(start => !types.Exists(type => type.Key.StartsWith(start, StringComparison.Ordinal)));
        Assert.Empty(misplaced.Select(type => $"{type.Key} is used by {string.Join(" and ", type.Value)} only"));
        Assert.Empty(outdated);
        Assert.All(
            exceptions.Values,
            number => Assert.NotEmpty(Directory.GetFiles(Path.Combine(Solution.Root, "docs", "decisions"), $"{number:0000}-*.md"))
        );
    }

    // The projects that use each type, directly or through other types of BuildingBlocks. Constants leave no trace in an assembly, so a
    // type that holds nothing else has no users here.
    private static Dictionary<string, List<string>> UsersOfTypes()
    {
        var types = Solution.Architecture.Types.Where(type => type is not GenericParameter).ToList();
        var uses = types
            .SelectMany(type =>
                type.Dependencies.Where(dependency => ProjectOf(dependency.Target) == BuildingBlocks)
                    .Select(dependency =>
                        (Type: NameOf(dependency.Target), User: ProjectOf(type) == BuildingBlocks ? NameOf(type) : ProjectOf(type))
                    )
            )
            .ToLookup(use => use.Type, use => use.User);
        var blocks = types.Where(type => ProjectOf(type) == BuildingBlocks).Select(NameOf).ToHashSet();
        return blocks.ToDictionary(type => type, type => UsersOf(type, uses).Except(blocks).Order(StringComparer.Ordinal).ToList());
    }

    private static HashSet<string> UsersOf(string type, ILookup<string, string> uses)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([type]);
        while (open.TryPop(out var next))
        {
            if (seen.Add(next))
            {
                foreach (var user in uses[next])
                    open.Push(user);
            }
        }

        return seen;
    }

    // A nested type belongs to the one around it.
    private static string NameOf(IType type) => type.FullName.Split('+', '/', '`')[0];

    // A module's migrations belong to the module.
    private static string ProjectOf(IType type)
    {
        var assembly = type.Assembly?.Name.Split(',')[0] ?? "";
        return assembly.EndsWith(".Migrations", StringComparison.Ordinal) ? assembly[..^".Migrations".Length] : assembly;
    }
}
