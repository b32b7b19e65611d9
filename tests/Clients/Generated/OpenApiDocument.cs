namespace Kumiko.Clients.Tests.Generated;

/// <summary>The document that the Host serves, in a file, as generators want it.</summary>
public static class OpenApiDocument
{
    /// <summary>Calls back with the file, and with a folder for what is made of it.</summary>
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
