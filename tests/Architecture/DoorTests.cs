using System.Text.RegularExpressions;
using ArchUnitNET.xUnitV3;
using Kumiko.BuildingBlocks.Modules;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Kumiko.Architecture.Tests;

/// <summary>Which part may refer to which.</summary>
public sealed class DoorTests
{
    public static TheoryData<string> Modules => [.. Solution.ModuleTypes.Select(type => type.Namespace!)];

    [Fact]
    public void The_modules_are_found() =>
        Assert.Equal(["Kumiko.Identity", "Kumiko.Posts"], Solution.ModuleTypes.Select(type => type.Namespace).Order());

    [Fact]
    public void The_Hosts_list_holds_every_module()
    {
        var list = Solution.Host.GetType("Kumiko.Host.Catalog.ModuleCatalog")!.GetField("All")!.GetValue(null);
        var listed = Assert.IsAssignableFrom<IReadOnlyList<IModule>>(list);

        Assert.Equal(
            Solution.ModuleTypes.Select(type => type.FullName).Order(),
            listed.Select(module => module.GetType().FullName).Order()
        );
    }

    [Fact]
    public void The_Host_knows_modules_by_its_list_alone()
    {
        var modules = $"^({string.Join('|', Solution.ModuleTypes.Select(type => Regex.Escape(type.Namespace!)))})(\\.|$)";
        Types()
            .That()
            .ResideInNamespaceMatching(@"^Kumiko\.Host")
            .And()
            .DoNotHaveFullNameMatching(@"^Kumiko\.Host\.Catalog")
            .Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching(modules))
            .Check(Solution.Architecture);
    }

    [Fact]
    public void BuildingBlocks_knows_no_module() =>
        Types()
            .That()
            .ResideInNamespaceMatching(@"^Kumiko\.BuildingBlocks")
            .Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Kumiko\.(?!BuildingBlocks)"))
            .Check(Solution.Architecture);

    [Fact]
    public void Infrastructure_knows_BuildingBlocks_alone() =>
        Types()
            .That()
            .ResideInNamespaceMatching(@"^Kumiko\.Infrastructure")
            .Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Kumiko\.(?!BuildingBlocks|Infrastructure)"))
            .Check(Solution.Architecture);

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_knows_BuildingBlocks_and_the_contracts_of_others_alone(string module)
    {
        var own = Regex.Escape(module);
        Types()
            .That()
            .ResideInNamespaceMatching($@"^{own}(\.|$)")
            .Should()
            .NotDependOnAny(
                Types()
                    .That()
                    .ResideInNamespaceMatching(
                        $@"^Kumiko\.(?!BuildingBlocks(\.|$))(?!{own["Kumiko\\.".Length..]}(\.|$))(?!\w+\.Contracts(\.|$))"
                    )
            )
            .Check(Solution.Architecture);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_references_no_other_modules_assembly(string module)
    {
        var others = Solution.ModuleTypes.Select(type => type.Namespace).Where(name => name != module).ToList();
        var references = Solution.Assembly(module).GetReferencedAssemblies().Select(reference => reference.Name);

        Assert.DoesNotContain(references, others.Contains);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_shows_its_module_class_alone(string module)
    {
        var visible = Solution.Assembly(module).GetExportedTypes();

        Assert.Equal([Solution.ModuleTypes.Single(type => type.Namespace == module)], visible);
    }

    [Fact]
    public void Contracts_hold_records_and_interfaces_alone()
    {
        var contracts = Solution
            .Assemblies.Where(assembly => assembly.GetName().Name!.EndsWith(".Contracts", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(contracts);
        Assert.All(
            contracts.SelectMany(assembly => assembly.GetExportedTypes()),
            type => Assert.True(type.IsInterface || type.GetMethod("<Clone>$") is not null, $"{type} is neither.")
        );
    }

    [Fact]
    public void Migrations_know_BuildingBlocks_alone()
    {
        var migrations = Solution
            .Assemblies.Where(assembly => assembly.GetName().Name!.EndsWith(".Migrations", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(Solution.Modules.Count, migrations.Count);
        Assert.All(
            migrations,
            assembly =>
                Assert.All(
                    assembly.GetReferencedAssemblies().Where(reference => reference.Name!.StartsWith("Kumiko.", StringComparison.Ordinal)),
                    reference => Assert.Equal("Kumiko.BuildingBlocks", reference.Name)
                )
        );
    }
}
