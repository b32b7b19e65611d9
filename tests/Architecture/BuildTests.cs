using System.Diagnostics;
using System.Text.Json;
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
        using var pages = await Pages.MakeAsync();
        var (code, said) = await pages.BuildAsync($"-t:{targets}", $"-p:DesignTimeBuild={(isDesignTime ? "true" : "")}");

        Assert.True(code == 0, said);
        Assert.DoesNotContain("/crud", said, StringComparison.Ordinal);
        Assert.True(File.Exists(pages.Built), said);
        Assert.Equal(["package.json"], pages.Frontends.GetFileSystemInfos().Select(file => file.Name));
    }

    [Fact]
    public async Task A_quiet_build_says_what_it_does_about_the_pages()
    {
        using var pages = await Pages.MakeAsync();
        var (code, said) = await pages.BuildAsync("-t:BuildOnlySettings;BuildFrontends", "-verbosity:quiet");

        Assert.True(code == 0, said);
        Assert.Contains("warning PAGES: ", said, StringComparison.Ordinal);
    }

    // MSBuild ignores a property that it does not know, and ASP.NET's default is a heap for each processor.
    [Fact]
    public void The_Host_collects_garbage_in_one_heap()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kumiko.Host.runtimeconfig.json")));
        Assert.False(
            settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.GC.Server").GetBoolean()
        );
    }

    /// <summary>Frontends whose build does nothing, and a folder that holds a page of an earlier build.</summary>
    private sealed class Pages(DirectoryInfo folder) : IDisposable
    {
        private readonly DirectoryInfo _output = folder.CreateSubdirectory("output");

        public DirectoryInfo Frontends { get; } = folder.CreateSubdirectory("frontends");

        public string Built => Path.Combine(_output.CreateSubdirectory("web").FullName, "index.html");

        public static async Task<Pages> MakeAsync()
        {
            var pages = new Pages(Directory.CreateTempSubdirectory("kumiko-build-"));
            await File.WriteAllTextAsync(
                Path.Combine(pages.Frontends.FullName, "package.json"),
                """{ "scripts": { "build:static": "exit 0" } }""",
                TestContext.Current.CancellationToken
            );
            await File.WriteAllTextAsync(pages.Built, "a page", TestContext.Current.CancellationToken);
            return pages;
        }

        public async Task<(int Code, string Said)> BuildAsync(params string[] arguments)
        {
            var start = new ProcessStartInfo(
                "dotnet",
                [
                    "msbuild",
                    Path.Combine(Solution.Root, "src", "Host", "Kumiko.Host.csproj"),
                    "-nologo",
                    "-nodeReuse:false",
                    "-p:BuildFrontends=true",
                    $"-p:FrontendsFolder={Frontends.FullName}/",
                    $"-p:OutDir={_output.FullName}/",
                    .. arguments,
                ]
            )
            {
                RedirectStandardOutput = true,
            };
            using var build = Process.Start(start)!;
            var said = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await build.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (build.ExitCode, said);
        }

        public void Dispose() => folder.Delete(recursive: true);
    }
}
