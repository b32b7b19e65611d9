using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Kumiko.BuildingBlocks.Modules;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kumiko.Host.OpenApi;

/// <summary>
/// The OpenAPI documents of this process: one per module, and <c>v1</c> with all of them if there are several. Each is generated once.
/// </summary>
internal sealed class ModuleDocuments(IServiceProvider services, IReadOnlyList<IModule> modules)
{
    /// <summary>The document with every module.</summary>
    public const string CombinedDocument = "v1";

    private readonly ConcurrentDictionary<string, Task<byte[]>> _written = [];

    /// <summary>The documents' names, without <c>.json</c>.</summary>
    public IReadOnlyList<string> Names { get; } = NamesOf(modules);

    /// <summary>The names of the documents that these modules have.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<IModule> modules) =>
        [.. modules.Select(module => module.Name), .. modules.Count > 1 ? [CombinedDocument] : Array.Empty<string>()];

    /// <summary>A document as JSON in UTF-8.</summary>
    public Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken) =>
        _written.GetOrAdd(name, WriteAsync).WaitAsync(cancellationToken);

    private async Task<byte[]> WriteAsync(string name)
    {
        var document = await services
            .GetRequiredKeyedService<IOpenApiDocumentProvider>(name)
            .GetOpenApiDocumentAsync(CancellationToken.None);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        json.Position = 0;
        return FinishedDocument.Write((await JsonNode.ParseAsync(json))!);
    }
}
