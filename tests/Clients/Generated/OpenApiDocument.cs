namespace Kumiko.Clients.Tests.Generated;

/// <summary>The document that the Host serves, as a file, which generators need.</summary>
public static class OpenApiDocument
{
    /// <summary>Calls back with the file and a folder for the output.</summary>
    public static async Task UseAsync(Service service, Func<string, string, Task> use)
    {
        var folder = Directory.CreateTempSubdirectory("kumiko-document-").FullName;
        try
        {
            var document = (await service.Anyone.GetAsync("/openapi/v1.json")).Is(200);
            var file = Path.Combine(folder, "v1.json");
            await File.WriteAllBytesAsync(file, document.Bytes);
            await use(file, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
