using DotNet.Testcontainers.Configurations;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Kumiko.TestServers;

/// <summary>The servers that the tests of a project need.</summary>
public static class Servers
{
    private static readonly List<IAsyncDisposable> Started = [];

    /// <summary>Why the tests can't run, in one line; null if they can.</summary>
    public static string? Missing { get; private set; }

    /// <summary>Whether a missing server is a failure: a server is named, or <c>KUMIKO_TEST_REQUIRE</c> is <c>all</c>.</summary>
    public static bool AreRequired => MySqlServer.IsNamed || Environment.GetEnvironmentVariable("KUMIKO_TEST_REQUIRE") == "all";

    /// <summary>Runs the tests if every server is available, and otherwise one test that names the missing one.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="looks">Each looks for a server, starts it if necessary, and returns why there is none.</param>
    public static async Task<int> RunTestsAsync(string[] args, params Func<Task<string?>>[] looks)
    {
        // Its helper container removes what a killed run leaves behind, but it would be one more image to pull.
        TestcontainersSettings.ResourceReaperEnabled = false;
        // `dotnet test` starts every project at once, and systems of many processes in parallel would run into time limits.
        await using var turn = await TakeTurnAsync();
        try
        {
            foreach (var look in looks)
                Missing ??= await look();
            if (Missing is not null)
            {
                await Console.Error.WriteLineAsync(Missing);
                args = [.. WithoutFilters(args), "--filter-class", typeof(ServersTests).FullName!];
            }

            return args.Any(argument => argument is "-automated" or "@@")
                ? await ConsoleRunner.Run(args)
                : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        }
        finally
        {
            foreach (var server in Started)
                await server.DisposeAsync();
        }
    }

    // Held until the process ends, in whatever way.
    private static async Task<FileStream> TakeTurnAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), "kumiko-tests.lock");
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(500);
            }
        }
    }

    /// <summary>Registers the server to be removed when the run ends.</summary>
    internal static void StopAtEnd(IAsyncDisposable server) => Started.Add(server);

    /// <summary>What went wrong, for use in brackets.</summary>
    internal static string FirstLine(Exception e) => e.GetBaseException().Message.Split('\n')[0].TrimEnd('.', '\r');

    private static IEnumerable<string> WithoutFilters(string[] arguments)
    {
        var isFilter = false;
        foreach (var argument in arguments)
        {
            if (argument.StartsWith('-'))
                isFilter = argument.StartsWith("--filter-", StringComparison.Ordinal);
            if (!isFilter)
                yield return argument;
        }
    }
}
