using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Kumiko.Clients.Tests.Generated;

/// <summary>A session in C#, compiled together with its generated client.</summary>
public static class CompiledSession
{
    /// <summary>
    /// Compiles a file of the folder <c>Sessions</c> together with every C# file of a folder, without warnings, and runs its
    /// <c>Session.RunAsync</c>.
    /// </summary>
    public static async Task RunAsync(string session, string client, string[] arguments)
    {
        var files = Directory
            .EnumerateFiles(client, "*.cs", SearchOption.AllDirectories)
            .Append(Repository.File($"tests/Clients/Generated/Sessions/{session}"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(session),
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        var complaints = result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Take(20)));

        assembly.Position = 0;
        var context = new AssemblyLoadContext(session, isCollectible: true);
        try
        {
            var run = context
                .LoadFromStream(assembly)
                .GetType("Session", throwOnError: true)!
                .GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Static)!;
            await (Task)run.Invoke(null, [.. arguments])!;
        }
        finally
        {
            context.Unload();
        }
    }
}
