using System.Diagnostics;
using Xunit;

namespace Kumiko.Architecture.Tests;

/// <summary>The frontends' client is generated from the documents (<c>just client</c>) and committed.</summary>
public class ClientTests
{
    [Fact]
    public async Task The_TypeScript_client_is_what_the_documents_say()
    {
        var folder = Directory.CreateTempSubdirectory("kumiko-client-");
        try
        {
            var host = Path.Combine(AppContext.BaseDirectory, "Kumiko.Host.dll");
            await RunAsync(host, "openapi", "--output", folder.FullName);
            await RunAsync("tool", "restore");
            var made = Path.Combine(folder.FullName, "generated.ts");
            await RunAsync(
                "nswag",
                "run",
                "frontends/packages/api-client/nswag.json",
                $"/variables:document={Path.Combine(folder.FullName, "v1.json")},output={made}"
            );
            var kept = await File.ReadAllTextAsync(
                Path.Combine(Solution.Root, "frontends/packages/api-client/src/generated.ts"),
                TestContext.Current.CancellationToken
            );
            Assert.True(
                kept == await File.ReadAllTextAsync(made, TestContext.Current.CancellationToken),
                "The client is not what the documents say: just client"
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = Solution.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await output}{await errors}");
    }
}
