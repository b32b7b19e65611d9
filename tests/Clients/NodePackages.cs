namespace Kumiko.Clients.Tests;

/// <summary>The packages and scripts of the folder <c>js</c>, which Node runs.</summary>
public static class NodePackages
{
    private static readonly SemaphoreSlim Door = new(1);
    private static readonly string Folder = Repository.File("tests/Clients/js");

    /// <summary>Runs a script of the folder. The script fails if something is wrong.</summary>
    public static async Task RunAsync(string script, params string[] arguments)
    {
        await InstallAsync();
        await Tool.Node.RunAsync(Folder, [script, .. arguments]);
    }

    /// <summary>Compiles a script with TypeScript's strict rules, together with its generated client, and runs it.</summary>
    /// <param name="script">The script, which imports <c>generated.js</c>.</param>
    /// <param name="generate">Writes the client to the given file.</param>
    /// <param name="arguments">The arguments of the script.</param>
    public static async Task RunAsync(string script, Func<string, Task> generate, params string[] arguments)
    {
        await InstallAsync();
        var folder = Directory.CreateTempSubdirectory("kumiko-client-").FullName;
        try
        {
            foreach (var file in (string[])["package.json", "tsconfig.json", script])
                File.Copy(Path.Combine(Folder, file), Path.Combine(folder, file));
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(Folder, "node_modules"));
            await generate(Path.Combine(folder, "generated.ts"));
            await Tool.Node.RunAsync(folder, "node_modules/typescript/bin/tsc", "--project", ".");
            await Tool.Node.RunAsync(folder, [Path.Combine("out", Path.ChangeExtension(script, "js")), .. arguments]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Generates with openapi-typescript.</summary>
    public static Task GenerateTypesAsync(string document, string output) =>
        Tool.Node.RunAsync(Folder, "node_modules/openapi-typescript/bin/cli.js", document, "--output", output);

    // Packages that an earlier run installed need no registry.
    private static async Task InstallAsync()
    {
        Tool.Node.Find();
        await Door.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
            if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
                await Tool.Npm.RunAsync(Folder, "ci", "--no-audit", "--ignore-scripts");
        }
        finally
        {
            Door.Release();
        }
    }
}
