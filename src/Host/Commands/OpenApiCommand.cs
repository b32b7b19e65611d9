using System.CommandLine;
using Kumiko.Host.Composition;
using Kumiko.Host.OpenApi;

namespace Kumiko.Host.Commands;

/// <summary><c>openapi</c>: writes the OpenAPI documents that <c>serve</c> returns.</summary>
internal static class OpenApiCommand
{
    public static Command Create(string[] settings)
    {
        var output = new Option<DirectoryInfo>("--output")
        {
            Description = "The folder to write to; it is created if necessary.",
            HelpName = "FOLDER",
            Required = true,
        };
        var command = new Command("openapi", "Write the OpenAPI documents to a folder. Needs neither a database nor a running server.")
        {
            output,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(settings, arguments.GetRequiredValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        // The start of the server normally does this. The document is generated from the endpoints, which don't exist before.
        ((IApplicationBuilder)app).UseEndpoints(_ => { });
        folder.Create();
        var documents = app.Services.GetRequiredService<ModuleDocuments>();
        foreach (var name in documents.Names)
        {
            var file = Path.Combine(folder.FullName, name + ".json");
            await File.WriteAllBytesAsync(file, await documents.ReadAsync(name, cancellationToken), cancellationToken);
            Console.WriteLine(file);
        }

        return 0;
    }
}
