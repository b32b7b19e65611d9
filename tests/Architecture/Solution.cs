using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Loader;
using Kumiko.BuildingBlocks.Modules;
using Type = System.Type;

namespace Kumiko.Architecture.Tests;

/// <summary>What the tests examine. Modules are discovered, so a new one is covered without being listed here.</summary>
internal static class Solution
{
    /// <summary>The Kumiko assemblies that the Host runs with.</summary>
    public static readonly IReadOnlyList<Assembly> Assemblies =
    [
        .. Directory
            .GetFiles(AppContext.BaseDirectory, "Kumiko.*.dll")
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(System.Reflection.Assembly.LoadFrom),
    ];

    public static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader().LoadAssemblies([.. Assemblies]).Build();

    public static readonly Assembly Host = Assembly("Kumiko.Host");

    public static readonly Assembly BuildingBlocks = typeof(IModule).Assembly;

    /// <summary>The class by which the Host sees each module.</summary>
    public static readonly IReadOnlyList<Type> ModuleTypes =
    [
        .. Assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IModule))),
    ];

    public static readonly IReadOnlyList<IModule> Modules = [.. ModuleTypes.Select(type => (IModule)Activator.CreateInstance(type)!)];

    public static string Root { get; } = FindRoot();

    public static Assembly Assembly(string name) => Assemblies.Single(assembly => assembly.GetName().Name == name);

    /// <summary>Types written by people, not by the compiler or a source generator.</summary>
    public static IEnumerable<Type> HandWritten(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(type =>
                type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                && type.DeclaringType is null
                && type.Namespace is { } space
                && space.StartsWith("Kumiko.", StringComparison.Ordinal)
                && !space.Contains(".Mediation", StringComparison.Ordinal)
                && !type.Name.StartsWith('<')
            );

    public static IEnumerable<string> Files(string folder, string pattern = "*.cs") =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kumiko.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
