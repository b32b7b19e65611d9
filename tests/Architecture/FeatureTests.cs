using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ArchUnitNET.xUnitV3;
using Carter;
using FluentValidation;
using Mediator;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Kumiko.Architecture.Tests;

/// <summary>One feature, one folder, up to five files.</summary>
public sealed partial class FeatureTests
{
    public static TheoryData<string> Features => [.. FeatureFolders().Select(folder => Path.GetRelativePath(Solution.Root, folder))];

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_has_its_endpoint_and_no_files_but_the_five(string feature)
    {
        var name = Path.GetFileName(feature);
        var files = Directory.GetFiles(Path.Combine(Solution.Root, feature)).Select(Path.GetFileName).ToList();

        Assert.Contains($"{name}Endpoint.cs", files);
        // The wire is one file, named after the request if there is one.
        var wire = files.Contains($"{name}Request.cs") ? $"{name}Request.cs" : $"{name}Response.cs";
        Assert.All(
            files,
            file =>
                Assert.Contains(file, new[] { $"{name}Endpoint.cs", wire, $"{name}Validator.cs", $"{name}Handler.cs", $"{name}Query.cs" })
        );
        if (files.Contains($"{name}Request.cs"))
            Assert.Matches($@" record {name}Request\b", File.ReadAllText(Path.Combine(Solution.Root, feature, wire)));
        Assert.Empty(Directory.GetDirectories(Path.Combine(Solution.Root, feature)));
    }

    [Fact]
    public void A_file_of_a_response_holds_the_response_of_its_name()
    {
        var files = Solution.Files(Path.Combine("src", "Modules"), "*Response.cs").ToList();

        Assert.NotEmpty(files);
        Assert.All(
            files,
            file =>
            {
                var (name, text) = (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
                Assert.Contains($" class {name}Json ", text, StringComparison.Ordinal);
                // A feature answers with a record that is named after what it shows, such as ProfileResponse.
                var endpoint = $"{file[..^"Response.cs".Length]}Endpoint.cs";
                var response = File.Exists(endpoint) ? Produced().Match(File.ReadAllText(endpoint)).Groups["type"].Value : name;
                Assert.Contains($"[JsonSerializable(typeof({response}))]", text, StringComparison.Ordinal);
                if (!response.StartsWith("ListResponse<", StringComparison.Ordinal))
                    Assert.Contains($" record {response}(", text, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_is_named_as_its_operation_and_stands_under_its_modules_path(string feature)
    {
        var name = Path.GetFileName(feature);
        var endpoint = File.ReadAllText(Path.Combine(Solution.Root, feature, $"{name}Endpoint.cs"));
        var module = Solution.Modules.Single(module =>
            feature.Contains(Path.Combine("Modules", module.GetType().Namespace!["Kumiko.".Length..]), StringComparison.Ordinal)
        );
        var routes = Regex.Matches(endpoint, """\.Map(?:Get|Post|Put|Patch|Delete)\(\s*"([^"]*)""");

        Assert.Contains($".WithName(\"{name}\")", endpoint, StringComparison.Ordinal);
        Assert.Contains(".WithSummary(", endpoint, StringComparison.Ordinal);
        Assert.NotEmpty(routes);
        // Well-known addresses come before the path that they describe (RFC 8414, 3.1).
        Assert.All(
            routes,
            route => Assert.Matches($"^{module.PathPrefix}/|^/\\.well-known/[a-z-]+{module.PathPrefix}$", route.Groups[1].Value)
        );
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_calls_no_other_feature(string feature)
    {
        var space = "Kumiko." + feature.Split(Path.DirectorySeparatorChar)[2] + ".Features.";
        var own = space + Path.GetFileName(feature);
        Types()
            .That()
            .ResideInNamespace(own)
            .Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching($"^{Regex.Escape(space)}(?!{Path.GetFileName(feature)}$)"))
            .Check(Solution.Architecture);
    }

    [Fact]
    public async Task A_feature_is_removed_by_deleting_its_folder()
    {
        var copy = Directory.CreateTempSubdirectory("kumiko-removal-");
        foreach (
            var file in Solution.Files("src", "*").Concat(Solution.Files("migrations", "*")).Concat(Directory.EnumerateFiles(Solution.Root))
        )
        {
            var target = Path.Combine(copy.FullName, Path.GetRelativePath(Solution.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var posts = Path.Combine(copy.FullName, "src", "Modules", "Posts");
        Directory.Delete(Path.Combine(posts, "Features", "UpdatePost"), recursive: true);
        using var build = Process.Start(
            new ProcessStartInfo("dotnet", ["build", posts, "-nologo", "-nodeReuse:false", "-p:RunAnalyzers=false"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var said = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(build.ExitCode == 0, said);
        copy.Delete(recursive: true);
    }

    [Fact]
    public void Every_message_that_holds_text_has_a_validator()
    {
        var messages = Messages().Where(HoldsText).ToList();
        Assert.NotEmpty(messages);
        Assert.All(
            messages,
            message =>
                Assert.Contains(
                    message.Assembly.GetTypes(),
                    type => type.IsAssignableTo(typeof(IValidator<>).MakeGenericType(message)) && type.Namespace == message.Namespace
                )
        );
    }

    [Fact]
    public void Every_message_has_one_handler_beside_it() =>
        Assert.All(
            Messages(),
            message =>
                Assert.Single(
                    message.Assembly.GetTypes(),
                    type =>
                        type.Namespace == message.Namespace
                        && type.GetInterfaces()
                            .Any(contract =>
                                contract.IsGenericType
                                && contract.GetGenericTypeDefinition() is var definition
                                && (definition == typeof(ICommandHandler<,>) || definition == typeof(IQueryHandler<,>))
                                && contract.GenericTypeArguments[0] == message
                            )
                )
        );

    [Fact]
    public void A_message_is_named_after_its_feature() =>
        Assert.All(Messages(), message => Assert.Equal(message.Namespace!.Split('.')[^1], message.Name));

    [Fact]
    public void A_request_holds_what_the_client_sends_and_nothing_else()
    {
        var requests = Solution
            .ModuleTypes.SelectMany(type => Solution.HandWritten(type.Assembly))
            .Where(type =>
                type.Name.EndsWith("Request", StringComparison.Ordinal) && type.Namespace!.Contains(".Features.", StringComparison.Ordinal)
            )
            .ToList();

        Assert.NotEmpty(requests);
        Assert.DoesNotContain(requests, request => request.IsAssignableTo(typeof(IMessage)));
        Assert.DoesNotContain(
            requests.SelectMany(request => request.GetProperties()),
            property => property.GetCustomAttribute<JsonIgnoreAttribute>() is not null
        );
    }

    [Fact]
    public void Messages_handlers_and_queries_know_no_HTTP()
    {
        var messages = Messages().Select(message => message.FullName).ToHashSet();
        var types = Solution
            .Architecture.Types.Where(type =>
                type.Namespace.FullName.Contains(".Features.", StringComparison.Ordinal)
                && (messages.Contains(type.FullName) || Regex.IsMatch(type.FullName, "(Handler|Query)([+/<].*)?$"))
            )
            .ToList();

        Assert.True(types.Count > messages.Count);
        Assert.DoesNotContain(
            types.SelectMany(type => type.Dependencies, (type, dependency) => $"{type.FullName} -> {dependency.Target.FullName}"),
            dependency => Regex.IsMatch(dependency, @"-> (Microsoft\.AspNetCore|Kumiko\.BuildingBlocks\.Web)\.")
        );
    }

    [Fact]
    public void Handlers_hold_no_SQL()
    {
        var handlers = FeatureFolders().SelectMany(folder => Directory.GetFiles(folder, "*Handler.cs")).ToList();
        Assert.NotEmpty(handlers);
        Assert.All(
            handlers,
            file => Assert.DoesNotMatch(@"(?i)\b(select|insert|update|delete)\b[^;]*\b(from|into|set)\b", File.ReadAllText(file))
        );
    }

    [Fact]
    public void SQL_is_never_built_from_input()
    {
        var sources = Solution
            .Files("src")
            .Where(file =>
                Regex.IsMatch(
                    File.ReadAllText(file),
                    @"(?i)""""""\s*(select|insert|update|delete)|""(select|insert into|update|delete from) "
                )
            )
            .ToList();
        Assert.NotEmpty(sources);
        // An interpolated string that reads as SQL. The only exception is the constant name of the version table.
        Assert.All(
            sources,
            file =>
                Assert.DoesNotMatch(
                    @"(?i)\$+""+\s*(select|insert into|update|delete from)\b(?![^""]*\{SchemaVersionTable\.Table\})",
                    File.ReadAllText(file)
                )
        );
    }

    [Fact]
    public void Endpoints_are_internal_Carter_modules_in_feature_folders()
    {
        var endpoints = Solution
            .ModuleTypes.SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(ICarterModule)))
            .ToList();

        Assert.Equal(FeatureFolders().Count, endpoints.Count);
        Assert.All(
            endpoints,
            endpoint =>
                Assert.True(
                    endpoint is { IsNotPublic: true, IsSealed: true }
                        && endpoint.Namespace!.Contains(".Features.", StringComparison.Ordinal),
                    endpoint.FullName
                )
        );
    }

    private static List<string> FeatureFolders() =>
        [
            .. Directory
                .GetDirectories(Path.Combine(Solution.Root, "src", "Modules"))
                .Select(module => Path.Combine(module, "Features"))
                .SelectMany(Directory.GetDirectories)
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<Type> Messages() =>
        Solution
            .ModuleTypes.SelectMany(type => Solution.HandWritten(type.Assembly))
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IMessage)));

    private static bool HoldsText(Type message) => message.GetProperties().Any(property => property.PropertyType == typeof(string));

    // A file that is no JSON may stand before the response.
    [GeneratedRegex(@"\.Produces<(?<type>.+)>\(\)|\.Produces<(?<type>\w+Response)>\(")]
    private static partial Regex Produced();
}
