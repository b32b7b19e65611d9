using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Architecture.Tests;

/// <summary>Conventions that the compiler doesn't check.</summary>
public sealed class StyleTests
{
    private static readonly string[] VagueNames = ["Common", "Helpers", "Utils", "Managers", "Services", "Shared", "Misc"];

    public static TheoryData<string> Assemblies => [.. Solution.Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Fact]
    public void No_folder_has_a_vague_name()
    {
        var folders = Directory.GetDirectories(Path.Combine(Solution.Root, "src"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.DoesNotContain(Path.GetFileName(folder), VagueNames));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("migrations")]
    [InlineData("tests")]
    [InlineData("tools")]
    [InlineData("bench")]
    public void A_namespace_is_the_path_of_its_folder(string root)
    {
        var declaration = new Regex(@"^namespace ([\w.]+);", RegexOptions.Multiline);
        Assert.All(
            Solution.Files(root),
            file =>
            {
                if (declaration.Match(File.ReadAllText(file)) is { Success: true } match)
                    Assert.Contains(match.Groups[1].Value, Namespaces(Path.GetDirectoryName(file)!));
            }
        );
    }

    [Fact]
    public void A_shared_file_holds_one_public_type_and_bears_its_name()
    {
        var publicType = new Regex(
            @"^public (?:static |sealed |abstract |readonly |partial )*(?:record struct|record|class|interface|struct|enum) (\w+)",
            RegexOptions.Multiline
        );
        Assert.All(
            Solution.Files(Path.Combine("src", "BuildingBlocks")).Concat(Solution.Files(Path.Combine("src", "Infrastructure"))),
            file =>
            {
                var types = publicType.Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).ToList();
                Assert.True(types.Count <= 1, $"{Path.GetFileName(file)} holds {string.Join(", ", types)}.");
                if (types.Count == 1)
                    Assert.Equal(Path.GetFileNameWithoutExtension(file), types[0]);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Classes_are_sealed_unless_something_derives_from_them(string assembly)
    {
        var open = Solution
            .HandWritten(Solution.Assembly(assembly))
            .Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false })
            .Where(type => !Solution.Assemblies.SelectMany(other => other.GetTypes()).Any(other => other.BaseType == type))
            .Where(type => type.Name != "Program");

        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Asynchronous_methods_say_so_and_take_their_cancellation_last(string assembly)
    {
        var methods = Solution
            .HandWritten(Solution.Assembly(assembly))
            .SelectMany(type =>
                type.GetMethods(
                    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
                )
            )
            .Where(method =>
                !method.Name.Contains('<', StringComparison.Ordinal) && !method.IsSpecialName && method.GetBaseDefinition() == method
            )
            .Where(IsAsynchronous)
            .ToList();

        // A middleware's method has the name that the framework requires.
        Assert.All(
            methods.Where(method =>
                method.Name is not ("Handle" or "Main") && method.GetParameters().LastOrDefault()?.ParameterType != typeof(RequestDelegate)
            ),
            method => Assert.EndsWith("Async", method.Name, StringComparison.Ordinal)
        );
        Assert.All(
            methods.Where(method => !IsFrameworks(method)),
            method =>
            {
                var parameters = method.GetParameters();
                var index = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
                if (index < 0)
                    return;

                Assert.Equal("cancellationToken", parameters[index].Name);
                Assert.True(
                    parameters[(index + 1)..].All(parameter => parameter.IsOptional),
                    $"{method.DeclaringType}.{method.Name} takes more after its cancellationToken."
                );
            }
        );
    }

    // A project's own namespace may leave out the "Tests" of its name. Folders without a project are compiled into those of others.
    private static IEnumerable<string> Namespaces(string folder)
    {
        var name = Path.GetFileName(folder);
        if (Directory.GetFiles(folder, "*.csproj") is [var project])
            return
            [
                Path.GetFileNameWithoutExtension(project),
                Path.GetFileNameWithoutExtension(project).Replace(".Tests", "", StringComparison.Ordinal),
            ];
        return Directory.GetFiles(folder, "*.props").Length > 0
            ? [$"Kumiko.{name}", $"Kumiko.Test{name}"]
            : Namespaces(Path.GetDirectoryName(folder)!).Select(parent => $"{parent}.{name}");
    }

    private static bool IsAsynchronous(MethodInfo method) =>
        method.ReturnType == typeof(Task)
        || method.ReturnType == typeof(ValueTask)
        || (
            method.ReturnType.IsGenericType
            && method.ReturnType.GetGenericTypeDefinition() is var type
            && (type == typeof(Task<>) || type == typeof(ValueTask<>))
        );

    // Implementations of a framework's interface keep its parameter names.
    private static bool IsFrameworks(MethodInfo method) =>
        method
            .DeclaringType!.GetInterfaces()
            .Where(contract => contract.Assembly.GetName().Name?.StartsWith("Kumiko.", StringComparison.Ordinal) != true)
            .Any(contract => method.DeclaringType.GetInterfaceMap(contract).TargetMethods.Contains(method));
}
