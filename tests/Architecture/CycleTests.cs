using ArchUnitNET.Domain;
using Xunit;

namespace Kumiko.Architecture.Tests;

/// <summary>The folders of a project form no cycle.</summary>
public sealed class CycleTests
{
    public static TheoryData<string> Projects => [.. Solution.Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_folders_of_a_project_form_no_cycle(string project)
    {
        // A namespace is a folder. The generated mediator is left out: it refers to every handler, and every endpoint refers to it.
        var dependencies = Solution
            .Architecture.Types.Where(type => IsIn(type, project))
            .SelectMany(type =>
                type.Dependencies.Where(dependency => IsIn(dependency.Target, project))
                    .Select(dependency =>
                        (
                            From: type.Namespace.FullName,
                            To: dependency.Target.Namespace.FullName,
                            Cause: $"{type.Name} -> {dependency.Target.Name}"
                        )
                    )
            )
            .Where(edge => edge.From != edge.To)
            .ToLookup(edge => edge.From);

        var cycles = dependencies
            .SelectMany(edges => edges)
            .Where(edge => Reaches(dependencies, edge.To, edge.From))
            .Select(edge => $"{edge.From} -> {edge.To}: {edge.Cause}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.True(!cycles.Any(), string.Join("\n", cycles));
    }

    // ArchUnitNET treats two type parameters of the same name as one type.
    private static bool IsIn(IType type, string project) =>
        type is not GenericParameter
        && type.Assembly?.Name.Split(',')[0] == project
        && type.Namespace is { FullName.Length: > 0 } space
        && !IsGenerated(space.FullName);

    private static bool IsGenerated(string space) => Solution.ModuleTypes.Any(module => space == $"{module.Namespace}.Mediation");

    private static bool Reaches(ILookup<string, (string From, string To, string Cause)> dependencies, string from, string to)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out var space))
        {
            if (space == to)
                return true;
            if (seen.Add(space))
            {
                foreach (var edge in dependencies[space])
                    open.Push(edge.To);
            }
        }

        return false;
    }
}
