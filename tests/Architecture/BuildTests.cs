using System.Diagnostics;
using Xunit;

namespace Kumiko.Architecture.Tests;

public sealed class BuildTests
{
    // Editors and 'dotnet format' run these targets when they open a project, and don't copy pages afterwards.
    [Theory]
    [InlineData("BuildOnlySettings;AssignTargetPaths", true)]
    [InlineData("AssignTargetPaths", false)]
    public async Task Opening_the_solution_builds_no_pages_and_takes_none_away(string targets, bool isDesignTime)
    {
        var folder = Directory.CreateTempSubdirectory("kumiko-build-");
        var frontends = folder.CreateSubdirectory("frontends");
        var output = folder.CreateSubdirectory("output");
        await File.WriteAllTextAsync(
            Path.Combine(frontends.FullName, "package.json"),
            """{ "scripts": { "build:static": "exit 0" } }""",
            TestContext.Current.CancellationToken
        );
        var page = Path.Combine(output.CreateSubdirectory("web").FullName, "index.html");
        await File.WriteAllTextAsync(page, "a page", TestContext.Current.CancellationToken);

        var start = new ProcessStartInfo(
            "dotnet",
            [
                "msbuild",
                Path.Combine(Solution.Root, "src", "Host", "Kumiko.Host.csproj"),
                "-nologo",
                "-nodeReuse:false",
                $"-t:{targets}",
                "-p:BuildFrontends=true",
                $"-p:FrontendsFolder={frontends.FullName}/",
                $"-p:OutDir={output.FullName}/",
                $"-p:DesignTimeBuild={(isDesignTime ? "true" : "")}",
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(build.ExitCode == 0, said);
        Assert.DoesNotContain("/crud", said, StringComparison.Ordinal);
        Assert.True(File.Exists(page), said);
        Assert.Equal(["package.json"], frontends.GetFileSystemInfos().Select(file => file.Name));
        folder.Delete(recursive: true);
    }
}
